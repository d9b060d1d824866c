// The question of the bench, answered with DuckDB: see count.c. Its package is found
// from the folder that it runs in: node duckdb.mjs FOLDER_OF_PACKAGES
import { createRequire } from "node:module";
import { readFileSync, statSync } from "node:fs";

const { DuckDBInstance } = createRequire(`${process.argv[2]}/`)("@duckdb/node-api");
const paths = readFileSync(0, "utf8").trimEnd().split("\n");
// its buffers are of this size each
const largest = Math.max(...paths.map((path) => statSync(path).size));
const list = paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(", ");
const connection = await (await DuckDBInstance.create()).connect();
const reader = await connection.runAndReadAll(`
    SELECT count(*), count(*) FILTER (snapshot.SnapshotType = 'awsbackup')
    FROM (SELECT unnest(DBSnapshots) AS snapshot
          FROM read_json([${list}], columns = {DBSnapshots: 'STRUCT(SnapshotType VARCHAR)[]'},
                         maximum_object_size = ${largest + 1024}))`);
console.log(reader.getRows()[0].join(" "));
