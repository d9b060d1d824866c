/*
 * simdjson.cc - the question of the bench, answered with simdjson On-Demand as it is at
 * its best: one buffer and one parser for all files, room for the largest made before.
 * See count.c.
 */
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <simdjson.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace simdjson;

static bool read_file(const std::string &path, char *buffer, size_t size, size_t &len)
{
    int file = open(path.c_str(), O_RDONLY);
    ssize_t got = 1;

    for (len = 0; file >= 0 && len < size && got > 0; len += static_cast<size_t>(got > 0 ? got : 0))
        got = read(file, buffer + len, size - len);
    if (file >= 0)
        close(file);
    return file >= 0 && got >= 0;
}

int main()
{
    std::vector<std::string> paths;
    unsigned long long all = 0, managed = 0;
    size_t largest = 1, capacity;
    ondemand::parser parser;
    char line[4096], *buffer;

    while (fgets(line, sizeof line, stdin) != nullptr) {
        struct stat about = {};

        paths.emplace_back(line);
        paths.back().pop_back();
        if (stat(paths.back().c_str(), &about) == 0 && static_cast<size_t>(about.st_size) > largest)
            largest = static_cast<size_t>(about.st_size);
    }
    capacity = largest + 1 + SIMDJSON_PADDING;
    /* read() into memory that is not aligned takes five times as long on some processors */
    buffer = static_cast<char *>(aligned_alloc(4096, (capacity + 4095) / 4096 * 4096));
    if (buffer == nullptr || parser.allocate(largest + 1) != SUCCESS)
        return 1;
    for (const std::string &path : paths) {
        size_t len;

        if (!read_file(path, buffer, largest + 1, len)) {
            fprintf(stderr, "simdjson: %s: cannot be read\n", path.c_str());
            return 1;
        }
        ondemand::document document;
        if (parser.iterate(buffer, len, capacity).get(document) != SUCCESS)
            return 1;
        for (auto record : document["DBSnapshots"].get_array()) {
            std::string_view type;

            all++;
            managed += record["SnapshotType"].get(type) == SUCCESS && type == "awsbackup";
        }
    }
    printf("%llu %llu\n", all, managed);
    free(buffer);
    return 0;
}
