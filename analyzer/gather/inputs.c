#include "gather/inputs.h"

#define TEXT(literal)                                                                  \
    {                                                                                  \
        literal, sizeof(literal) - 1                                                   \
    }

const struct input assignment_inputs[] = {
    { TEXT("AWS::Backup::BackupPlan"),
      { TEXT("BackupPlanId"), TEXT("BackupPlanArn"), TEXT("BackupPlanName"),
        TEXT("BackupPlan"), TEXT("CreationDate"), TEXT("DeletionDate") } },
    { TEXT("AWS::Backup::BackupSelection"),
      { TEXT("SelectionId"), TEXT("BackupPlanId"), TEXT("SelectionName"),
        TEXT("BackupSelection"), TEXT("CreationDate") } },
    { TEXT("AWS::Backup::RegionSettings"),
      { TEXT("RDS"), TEXT("Aurora"), TEXT("DocumentDB"), TEXT("Neptune") } },
    { TEXT("AWS::Backup::BackupVault"),
      { TEXT("BackupVaultName"), TEXT("BackupVaultArn"), TEXT("VaultType"),
        TEXT("EncryptionKeyArn"), TEXT("Locked"), TEXT("MinRetentionDays"),
        TEXT("MaxRetentionDays"), TEXT("LockDate"), TEXT("NumberOfRecoveryPoints") } },
    { TEXT("AWS::ResourceGroups::TaggedResource"),
      { TEXT("ResourceARN"), TEXT("Tags") } },
    { TEXT("AWS::RDS::DBInstance"),
      { TEXT("DBInstanceArn"), TEXT("Engine"), TEXT("DBClusterIdentifier"),
        TEXT("BackupTarget"), TEXT("TagList") } },
    { TEXT("AWS::RDS::DBCluster"),
      { TEXT("DBClusterArn"), TEXT("Engine"), TEXT("TagList") } },
};
const size_t assignment_input_count = COUNT_OF(assignment_inputs);

const struct input *assignment_input(struct str type)
{
    for (size_t i = 0; i < assignment_input_count; i++)
        if (str_equal(assignment_inputs[i].type, type))
            return &assignment_inputs[i];
    return NULL;
}

void input_fields(struct arena *arena, const struct input *input,
                  struct jmespath_fields *fields)
{
    *fields = (struct jmespath_fields){ .names = arena_array(arena, INPUT_FIELDS_MAX,
                                                             struct str) };
    while (fields->count < INPUT_FIELDS_MAX &&
           input->fields[fields->count].text != NULL) {
        fields->names[fields->count] = input->fields[fields->count];
        fields->count++;
    }
}
