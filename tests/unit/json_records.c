#include "json/records.h"

#include "records_print.h"

#define TEXT(literal) ("" literal), (sizeof(literal) - 1)

struct row {
    const char *name;
    const char *text;
    size_t len;
    const char *expected;
};

static void check(struct str text, const char *expected, enum detail detail)
{
    static const size_t sizes[] = { 64, 65, 100, 4096, RECORDS_BUFFER_BYTES };
    static const size_t steps[] = { 0, 1, 7 };
    struct arena arena = ARENA_EMPTY;
    struct str whole;

    whole = print_all(&arena, text, RECORDS_BUFFER_BYTES, 0, ALL);
    assert_string_equal(print_all(&arena, text, RECORDS_BUFFER_BYTES, 0, detail).text,
                        expected);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t j = 0; j < sizeof steps / sizeof steps[0]; j++)
            assert_string_equal(print_all(&arena, text, sizes[i], steps[j], ALL).text,
                                whole.text);
    arena_release(&arena);
}

/* ---- what is handed on -------------------------------------------------------------
 */

#define LONG "0123456789012345678901234567890123456789012345678901234567890123456789"

static const struct row brief_rows[] = {
    { "no bytes are no document", TEXT(""), "" },
    { "blanks are no document", TEXT(" \t\r\n \n"), "" },
    { "a byte order mark alone is no document", TEXT("\xEF\xBB\xBF\n"), "" },
    { "an empty object", TEXT("{}"), "object" },
    { "an empty array", TEXT("[]"), "array" },
    { "scalars are documents", TEXT("\"s\"\n-1.5e3\ntrue\nfalse\nnull\n0"),
      "string; number; boolean; boolean; null; number" },
    { "an empty list", TEXT("{\"L\": []}"), "object list=L" },
    { "the records of a list, then the document",
      TEXT("{\"L\": [{\"a\": 1, \"z\": 2}, {\"b\": [null, true]}]}"),
      "0={\"a\":1}; 1={\"b\":[null,true]}; object list=L records=2" },
    { "a record without a projected field is an empty object",
      TEXT("{\"L\": [{\"z\": 1}, {}]}"), "0={}; 1={}; object list=L records=2" },
    { "fields of records inside a record are not its own",
      TEXT("{\"L\": [{\"z\": {\"a\": 1}, \"y\": [{\"a\": 2}]}]}"),
      "0={}; object list=L records=1" },
    { "every kind of value",
      TEXT("{\"L\": [{\"a\": [0, -1, 1.5, 1e2, \"s\", true, false, "
           "null, {}, [], {\"x\": {\"y\": []}}]}]}"),
      "0={\"a\":[0,-1,1.5,100.0,\"s\",true,false,null,{},[],{\"x\":{\"y\":[]}}]}; "
      "object list=L records=1" },
    { "elements of a list that are no objects",
      TEXT("{\"L\": [\"id\", 1, true, null, [\"x\"], {\"a\": 1}]}"),
      "0=\"id\"; 1=other; 2=other; 3=other; 4=array; 5={\"a\":1}; "
      "object list=L records=6" },
    { "elements of an array are projected as all else is",
      TEXT("[{\"a\": 1, \"b\": 2, \"T\": 3}, \"x\"]"),
      "0={\"a\":1,\"T\":3}; 1=\"x\"; array records=2" },
    { "members that are no list", TEXT("{\"a\": {\"T\": [1]}, \"T\": \"t\", \"z\": 3}"),
      "object {\"a\":{\"T\":[1]},\"T\":\"t\"}" },
    { "members before and behind the list",
      TEXT("{\"a\": 1, \"L\": [{\"a\": 2}], \"T\": null}"),
      "0={\"a\":2}; object {\"a\":1,\"T\":null} list=L records=1" },
    { "a list that is no array is an ordinary member", TEXT("{\"M\": {\"a\": 1}}"),
      "object {\"M\":{\"a\":1}} list=M(no array)" },
    { "a list that is null", TEXT("{\"L\": null}"), "object list=L(no array)" },
    { "two lists are a key twice, and both are handed on",
      TEXT("{\"L\": [{\"a\": 1}, 2], \"M\": [{\"a\": 2}, {}]}"),
      "0={\"a\":1}; 1=other; 0={\"a\":2}; 1={}; object twice list=L records=4" },
    { "a list twice", TEXT("{\"M\": [1], \"M\": []}"),
      "0=other; object twice list=M records=1" },
    { "a list that is no array and another that is one", TEXT("{\"L\": 1, \"M\": [2]}"),
      "0=other; object twice list=L(no array) records=1" },
    { "a list whose key is written with an escape", TEXT("{\"\\u004c\": [{\"a\": 1}]}"),
      "0={\"a\":1}; object list=L records=1" },
    { "a list of that name further down is none",
      TEXT("{\"z\": {\"L\": [{\"a\": 1}]}}"), "object nested=/z/L .z" },
    { "a field whose key is written with an escape",
      TEXT("{\"L\": [{\"\\u0061\": 1, \"caf\\u00E9\": 2}], \"\\u0054\": 3}"),
      "0={\"a\":1,\"caf\\u00E9\":2}; object {\"T\":3} list=L records=1" },
    { "an empty key is a key", TEXT("{\"L\": [{\"\": 1}]}"),
      "0={\"\":1}; object list=L records=1" },
    { "a NUL in keys and values is an ordinary character",
      TEXT("{\"L\": [{\"\\u0000\": \"x\\u0000y\", \"a\\u0000\": 1, \"a\": 2}]}"),
      "0={\"a\":2,\"\\u0000\":\"x\\u0000y\"}; object list=L records=1" },
    { "every escape", TEXT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\"]"),
      "0=\"\\\"\\\\/\\b\\f\\n\\r\\tA\\u00E9\\u20AC\"; array records=1" },
    { "a surrogate pair is one character", TEXT("[\"\\uD83D\\ude00\"]"),
      "0=\"\\uD83D\\uDE00\"; array records=1" },
    { "the first and the last pair", TEXT("[\"\\uD800\\uDC00\\uDBFF\\uDFFF\"]"),
      "0=\"\\uD800\\uDC00\\uDBFF\\uDFFF\"; array records=1" },
    { "UTF-8 of every length, at its bounds",
      TEXT("[\"\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90"
           "\x80\x80\xF4\x8F\xBF\xBF\x7F\"]"),
      "0="
      "\"\\u0080\\u07FF\\u0800\\uD7FF\\uE000\\uFFFF\\uD800\\uDC00\\uDBFF\\uDFFF\x7F\";"
      " "
      "array records=1" },
    { "values longer than the smallest buffer",
      TEXT("{\"" LONG LONG "\": \"" LONG "\", \"L\": [{\"z\": \"" LONG LONG
           "\", \"a\": \"" LONG "\"}, {\"b\": 1}]}"),
      "0={\"a\":\"" LONG "\"}; 1={\"b\":1}; object list=L records=2" },
    { "blanks longer than the smallest buffer",
      TEXT(
          "   {\n                                                                    \n"
          "\"L\"                                                                     :"
          "                                                                         ["
          "\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t"
          "\t\t"
          "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n"
          "1,"
          "                                                                          "
          "2                                                                         "
          "]                                                                       }"),
      "0=other; 1=other; object list=L records=2" },

    { "int64 at its bounds",
      TEXT("{\"L\": [{\"a\": 9223372036854775807, \"b\": -9223372036854775808}]}"),
      "0={\"a\":9223372036854775807,\"b\":-9223372036854775808}; object list=L "
      "records=1" },
    { "an integer that is no int64 is unusable",
      TEXT("{\"L\": [{\"a\": 9223372036854775808, \"b\": 1}, "
           "{\"a\": -9223372036854775809}, {\"a\": 99999999999999999999}]}"),
      "0={\"b\":1} unusable={\"a\":true}; 1={} unusable={\"a\":true}; "
      "2={} unusable={\"a\":true}; object list=L records=3" },
    { "a number that is no double is unusable, at any depth",
      TEXT("{\"L\": [{\"a\": [{\"x\": [1, 1e400]}], \"b\": -1E+309}, {\"a\": 1e308}]}"),
      "0={} unusable={\"a\":true,\"b\":true}; 1={\"a\":1e308}; object list=L "
      "records=2" },
    { "a number that is too small for a double is 0",
      TEXT("{\"L\": [{\"a\": 1e-400, \"b\": 0e999999999999}]}"),
      "0={\"a\":0.0,\"b\":0.0}; object list=L records=1" },
    { "a number that nobody reads may be of any size",
      TEXT("{\"z\": 1e400, \"L\": [{\"z\": 99999999999999999999}]}"),
      "0={}; object list=L records=1" },
    { "an unusable member", TEXT("{\"T\": 1e400, \"a\": [99999999999999999999]}"),
      "object unusable={\"T\":true,\"a\":true}" },

    { "a key twice in a record", TEXT("[{\"a\": 1, \"a\": 2}, {\"a\": 3}]"),
      "0={\"a\":1} twice; 1={\"a\":3}; array records=2" },
    { "a key twice that is not projected", TEXT("[{\"z\": 1, \"y\": 2, \"z\": 2}]"),
      "0={} twice; array records=1" },
    { "a key twice, once with an escape", TEXT("[{\"a\": 1, \"\\u0061\": 2}]"),
      "0={\"a\":1} twice; array records=1" },
    { "a key twice deep in a record",
      TEXT("[{\"z\": [{\"y\": {\"\\/\": 1, \"/\": 2}}]}, [[{\"x\": 1, \"x\": 1}]]]"),
      "0={} twice; 1=array twice; array records=2" },
    { "the same key in objects that lie in each other or side by side",
      TEXT("[{\"z\": {\"z\": {\"z\": 1}}, \"y\": [{\"z\": 1}, {\"z\": 1}]}]"),
      "0={}; array records=1" },
    { "a key twice around an object that has it too",
      TEXT("[{\"z\": {\"z\": 1}, \"y\": {\"z\": 2}, \"z\": 3}]"),
      "0={} twice; array records=1" },
    { "keys that differ only behind a NUL",
      TEXT("[{\"k\\u0000a\": 1, \"k\\u0000b\": 2, \"k\": 3}]"),
      "0={}; array records=1" },
    { "keys with a NUL that are the same",
      TEXT("[{\"k\\u0000a\": 1, \"k\\u0000\\u0061\": 2}]"),
      "0={} twice; array records=1" },
    { "an empty key twice", TEXT("[{\"\": 1, \"\": 2}]"),
      "0={} twice; array records=1" },
    { "a key twice in the document; the first counts",
      TEXT("{\"T\": 1, \"\\u0054\": 2, \"a\": 3}"), "object {\"T\":1,\"a\":3} twice" },
    { "a key twice in the document, the first of them unusable",
      TEXT("{\"T\": 1e999, \"T\": 2}"), "object unusable={\"T\":true} twice" },
    { "a key twice in the document around a list",
      TEXT("{\"z\": 1, \"L\": [{\"z\": 1}], \"z\": 2}"),
      "0={}; object twice list=L records=1" },
    { "a key twice below the document", TEXT("{\"z\": [{\"y\": 1, \"y\": 2}]}"),
      "object twice-below" },
    { "a key twice in a list that is no array", TEXT("{\"L\": {\"y\": 1, \"y\": 2}}"),
      "object twice-below list=L(no array)" },
    { "a key twice in a record is none of the document",
      TEXT("{\"L\": [{\"y\": 1, \"y\": 2}]}"), "0={} twice; object list=L records=1" },
    { "a key twice before a break", TEXT("{\"T\": 1, \"T\": 2, \"L\": [{}, x"),
      "0={}; object {\"T\":1} twice list=L records=1 syntax" },

    { "documents on lines of their own",
      TEXT("{\"L\": [{\"a\": 1}]}\n\n  [{\"a\": 2}]\r\n{\"T\": 1}\n"),
      "0={\"a\":1}; object list=L records=1; 0={\"a\":2}; array records=1; "
      "object {\"T\":1}" },
    { "a document over several lines, and one behind it",
      TEXT("{\n\"T\":\n1\n}\n{\"T\": 2}"), "object {\"T\":1}; object {\"T\":2}" },
    { "keys of one document are none of the next", TEXT("{\"T\": 1}\n{\"T\": 2}"),
      "object {\"T\":1}; object {\"T\":2}" },
    { "a second document on the line is trailing text", TEXT("{\"T\": 1} {\"T\": 2}"),
      "object {\"T\":1}; none trailing-text" },
    { "a lone CR ends no line", TEXT("1\r2"), "number; none trailing-text" },
    { "a break in one document leaves those before it",
      TEXT("{\"L\": [{\"a\": 1}]}\n{\"L\": [{\"a\": 2}, }\n{\"L\": []}"),
      "0={\"a\":1}; object list=L records=1; 0={\"a\":2}; "
      "object list=L records=1 syntax" },
    { "cut off behind a record", TEXT("{\"L\": [{\"a\": 1}, {\"a\": 2}"),
      "0={\"a\":1}; 1={\"a\":2}; object list=L records=2 cut-off" },
    { "cut off in a record", TEXT("{\"T\": 1, \"L\": [{\"a\": 1}, {\"a\": 2"),
      "0={\"a\":1}; object {\"T\":1} list=L records=1 cut-off" },
    { "cut off in a bare array", TEXT("[{\"a\": 1},"),
      "0={\"a\":1}; array records=1 cut-off" },
};

/* What was met before must not decide what is met now. */
#define LEVELS_14 "[[[[[[[[[[[[[["
#define CLOSED_14 "]]]]]]]]]]]]]]"

/* Whole answers in one array. */
static const struct row answers_rows[] = {
    { "each is a document, with the records of its own list",
      TEXT("[{\"L\": [{\"a\": 1}, {\"a\": 2}]}, {\"T\": \"t\", \"L\": []}]"),
      "0={\"a\":1}; 1={\"a\":2}; /0 object list=L records=2; "
      "/1 object {\"T\":\"t\"} list=L" },
    { "a key before the list changes nothing",
      TEXT("[{\"T\": null, \"z\": {\"b\": 1}, \"L\": []}]"),
      "/0 object {\"T\":null} list=L" },
    { "what follows the array is a document",
      TEXT("[{\"L\": []}, {\"L\": []}]\n{\"L\": [{}]}\n[{\"L\": []}]\n"),
      "/0 object list=L; /1 object list=L; 0={}; object list=L records=1; /0 object "
      "list=L" },
    { "but on its line it is not", TEXT("[{\"L\": []}] {}"),
      "/0 object list=L; none trailing-text" },
    { "whatever else is among them is a document",
      TEXT("[{\"L\": []}, {\"a\": 1}, null, \"s\", 2, true, [{\"a\": 1}], {}]"),
      "/0 object list=L; /1 object {\"a\":1}; /2 null; /3 string; /4 number; "
      "/5 boolean; /6 array; /7 object" },
    { "a record's field comes first: a record",
      TEXT("[{\"b\": 1, \"L\": []}, {\"L\": []}]"), "0={}; 1={}; array records=2" },
    { "a list of what is no object: no answer", TEXT("[{\"L\": [1]}, {\"L\": []}]"),
      "0={}; 1={}; array records=2" },
    { "an object for a list: no answer", TEXT("[{\"L\": {}}]"),
      "0={}; array records=1" },
    { "a key that says too little alone needs a field of its records",
      TEXT("[{\"M\": []}]\n[{\"M\": [{\"b\": 1}]}]\n[{\"M\": [{\"a\": 1}]}]"),
      "0={\"M\":[]}; array records=1; 0={\"M\":[{\"b\":1}]}; array records=1; "
      "0={\"a\":1}; /0 object list=M "
      "records=1" },
    { "the first tells: no answer", TEXT("[1, {\"L\": []}]"),
      "0=other; 1={}; array records=2" },
    { "a list deeper down is no answer's", TEXT("[{\"z\": {\"L\": []}}]"),
      "0={}; array records=1" },
    { "keys are decoded", TEXT("[{\"\\u004c\": []}]"), "/0 object list=L" },
    { "a key twice is one answer's affair",
      TEXT("[{\"L\": [], \"L\": []}, {\"L\": [], \"z\": {\"c\": 1, \"c\": 2}}, "
           "{\"L\": [{\"a\": 1, \"a\": 2}]}]"),
      "/0 object twice list=L; /1 object twice-below list=L; 0={\"a\":1} twice; /2 "
      "object list=L records=1" },
    { "one that says where it is from",
      TEXT("[{\"L\": [], \"AccountId\": 1}, {\"aws_region\": 1, \"L\": []}, "
           "{\"L\": [], \"Regions\": 1}]"),
      "/0 object list=L placed; /1 object list=L placed; /2 object list=L" },
    { "what came before a break was handed on",
      TEXT("[{\"L\": [{\"a\": 1}]}, {\"L\": [{\"a\": 2}, {\"a\""),
      "0={\"a\":1}; /0 object list=L records=1; 0={\"a\":2}; /1 object list=L "
      "records=1 cut-off" },
    { "even of the first", TEXT("[{\"L\": [{\"a\": 1}, tru"),
      "0={\"a\":1}; /0 object list=L records=1 cut-off" },
    { "a break between two is the array's", TEXT("[{\"L\": []} {\"L\": []}]"),
      "/0 object list=L; array answers=1 syntax" },
    { "and so is the end", TEXT("[{\"L\": []}, {\"L\": []}"),
      "/0 object list=L; /1 object list=L; array answers=2 cut-off" },
    { "a comma promises another", TEXT("[{\"L\": []},]"),
      "/0 object list=L; /1 none syntax" },
};

/* Listings where no answer has them. */
static const struct row nested_rows[] = {
    { "in a member", TEXT("{\"z\": {\"y\": [1, {\"L\": [{\"a\": 1}]}]}}"),
      "object nested=/z/y/1/L .z.y[1]" },
    { "an object by that name, too", TEXT("{\"z\": {\"L\": {\"item\": []}}}"),
      "object nested=/z/L .z" },
    { "but nothing else",
      TEXT("{\"z\": {\"L\": null}, \"y\": {\"L\": [1]}, "
           "\"x\": {\"L\": \"L\"}, \"w\": \"L\"}"),
      "object" },
    { "the first is told",
      TEXT("{\"z\": [{\"L\": []}, {\"L\": []}], \"y\": {\"L\": []}}"),
      "object nested=/z/0/L .z[0]" },
    { "and that there are others",
      TEXT("{\"z\": [{\"L\": []}], \"y\": {\"M\": [{\"a\": 1}]}}"),
      "object nested=/z/0/L .z[0] and others" },
    { "a key that says too little alone needs a field of its records",
      TEXT("{\"z\": {\"M\": []}, \"y\": {\"M\": [{\"z\": {\"a\": 1}}]}, \"x\": "
           "{\"M\": [{\"z\": [2], \"a\": 1}]}}"),
      "object nested=/x/M .x" },
    { "not beside a list", TEXT("{\"L\": [{\"z\": {\"L\": []}}], \"z\": {\"L\": []}}"),
      "0={}; object list=L records=1" },
    { "names in a pointer, and for jq",
      TEXT("{\"a~/\\u0062\": {\"L\": []}}\n{\"1-2\": {\"L\": []}}\n"
           "{\"it's\": {\"L\": []}}\n{\"\\u0000\": {\"L\": []}}"),
      "object nested=/a~0~1b/L -; object nested=/1-2/L .[\"1-2\"]; object "
      "nested=/it's/L -; object nested=.../L -" },
    { "a long pointer is cut", TEXT("{\"" LONG LONG LONG "\": {\"L\": []}}"),
      "object nested=.../L -" },
    { "what lies too deep is not seen",
      TEXT("{\"z\": " LEVELS_14 "[{\"L\": []}]" CLOSED_14 "}\n"
           "{\"z\": " LEVELS_14 "[[{\"L\": []}]]" CLOSED_14 "}"),
      "object nested=/z/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/L "
      ".z[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]; object" },
    { "among answers", TEXT("[{\"L\": []}, {\"z\": {\"L\": []}}, [[{\"L\": []}]]]"),
      "/0 object list=L; /1 object nested=/1/z/L .[1].z; /2 array nested=/2/0/0/L "
      ".[2][0][0]" },
    { "quotes and brackets in text are text",
      TEXT("{\"z\": [\"]\\\"}\", \"{\\\"L\\\": []}\\\\\", {\"L\": []}]}"),
      "object nested=/z/2/L .z[2]" },
};

/* Which keys it has: T is 1, x is 2. */
static const struct row marks_rows[] = {
    { "its own", TEXT("{\"T\": {\"x\": 1}}"), "object {\"T\":{\"x\":1}} marks=1" },
    { "of the first object in an array",
      TEXT("{\"z\": [{\"y\": {\"T\": 1}, \"x\": 2}]}"), "object marks=2" },
    { "of no other", TEXT("{\"z\": [{\"y\": 1}, {\"x\": 2}], \"y\": [[{\"x\": 1}]]}"),
      "object" },
    { "not of a list's records", TEXT("{\"T\": 1, \"L\": [{\"x\": 1}]}"),
      "0={}; object {\"T\":1} list=L marks=1 records=1" },
};

static const struct row again_rows[] = {
    { "what is right in an object is wrong in an array",
      TEXT("[{\"a\":1,\"T\":2},{\"a\":1,\"T\":2},{\"a\":[1,\"T\":2]}]"),
      "0={\"a\":1,\"T\":2}; 1={\"a\":1,\"T\":2}; array records=2 syntax" },
    { "what is right behind an array in an object is wrong behind one in an array",
      TEXT("[{\"z\":[1],\"T\":2},{\"z\":[1],\"T\":2},[[1],\"T\":2]]"),
      "0={\"T\":2}; 1={\"T\":2}; array records=2 syntax" },
    { "what is right in an array is wrong in an object",
      TEXT("[[1,2],[1,2],{\"z\":1,2}]"), "0=array; 1=array; array records=2 syntax" },
    { "a brace that closes an object closes no array",
      TEXT("[[{\"z\":1}],[{\"z\":1}],[[1}]]"),
      "0=array; 1=array; array records=2 syntax" },
    { "a bracket that closes an array closes no object",
      TEXT("[{\"z\":[1]},{\"z\":[1]},{\"z\":1]}]"),
      "0={}; 1={}; array records=2 syntax" },
    { "a comma behind the last value",
      TEXT("[{\"a\":1,\"T\":2},{\"a\":1,\"T\":2},{\"a\":1,\"T\":}]"),
      "0={\"a\":1,\"T\":2}; 1={\"a\":1,\"T\":2}; array records=2 syntax" },
    { "an element behind a comma that members had",
      TEXT("[{\"a\":1,\"T\":2},{\"a\":1,\"T\":2},{\"a\":1,2}]"),
      "0={\"a\":1,\"T\":2}; 1={\"a\":1,\"T\":2}; array records=2 syntax" },
    { "more blanks, fewer blanks, other blanks",
      TEXT("[{\"a\": 1, \"T\": 2},{\"a\": 1, \"T\": 2},{\"a\":  1, \"T\":\n "
           "3},{\"a\":1,\"T\":4},"
           "{\"a\": 1 , \"T\" : 5},{\"a\":\t1,\t\"T\":\r6}]"),
      "0={\"a\":1,\"T\":2}; 1={\"a\":1,\"T\":2}; 2={\"a\":1,\"T\":3}; "
      "3={\"a\":1,\"T\":4}; "
      "4={\"a\":1,\"T\":5}; 5={\"a\":1,\"T\":6}; array records=6" },
    { "an array that begins as one that is not empty did", TEXT("[[ 1],[ 1],[ ],[ ]]"),
      "0=array; 1=array; 2=array; 3=array; array records=4" },
    { "an object that begins as one that is not empty did",
      TEXT("[{ \"a\":1},{ \"a\":1},{ },{\"a\":{ }}]"),
      "0={\"a\":1}; 1={\"a\":1}; 2={}; 3={\"a\":{}}; array records=4" },
    { "an object right behind a string is none", TEXT("[\"a\"{\"a\":1}]"),
      "0=\"a\"; array records=1 syntax" },
    { "a key that begins as the one before did",
      TEXT("[{\"z\":0,\"a\":1},{\"z\":0,\"a\":1},{\"z\":0,\"ab\":1},{\"z\":0,\"\":1},"
           "{\"z\":0,\"T\":1}]"),
      "0={\"a\":1}; 1={\"a\":1}; 2={}; 3={}; 4={\"T\":1}; array records=5" },
    { "a key that is longer than what is kept",
      TEXT("[{\"z\":0,\"" LONG "\":1,\"a\":2},{\"z\":0,\"" LONG "\":1,\"a\":2},"
           "{\"z\":0,\"" LONG "\":1,\"" LONG "\":2}]"),
      "0={\"a\":2}; 1={\"a\":2}; 2={} twice; array records=3" },
    { "long keys that differ at their end",
      TEXT(
          "[{\"z\":0,\"0123456789012345678901234567890123456789012345678901234567\":1},"
          "{\"z\":0,\"0123456789012345678901234567890123456789012345678901234567\":1},"
          "{\"z\":0,\"0123456789012345678901234567890123456789012345678901234568\":1,"
          "\"0123456789012345678901234567890123456789012345678901234567\":1},"
          "{\"z\":0,\"01234567890123456789012345\":1},{\"z\":0,"
          "\"01234567890123456789012345\":1},"
          "{\"z\":0,\"01234567890123456789012346\":1,\"01234567890123456789012345\":1}"
          "]"),
      "0={}; 1={}; 2={}; 3={}; 4={}; 5={}; array records=6" },
    { "a key of 64 bytes",
      TEXT("[{\"z\":0,"
           "\"0123456789012345678901234567890123456789012345678901234567890123\":1,"
           "\"0123456789012345678901234567890123456789012345678901234567890124\":1},"
           "{\"z\":0,"
           "\"0123456789012345678901234567890123456789012345678901234567890123\":1,"
           "\"0123456789012345678901234567890123456789012345678901234567890123\":1}]"),
      "0={}; 1={} twice; array records=2" },
    { "a key twice among keys met before",
      TEXT("[{\"T\":1,\"a\":2},{\"T\":1,\"a\":2},{\"T\":1,\"a\":2,\"a\":3},{\"T\":1,"
           "\"a\":2}]"),
      "0={\"a\":2,\"T\":1}; 1={\"a\":2,\"T\":1}; 2={\"a\":2,\"T\":1} twice; "
      "3={\"a\":2,\"T\":1}; array records=4" },
    { "a key twice, now one and now the other with an escape",
      TEXT("[{\"T\":1,\"a\":2},{\"T\":1,\"\\u0061\":2},{\"\\u0054\":1,\"a\":2},"
           "{\"T\":1,\"a\":2,\"\\u0054\":3},{\"\\u0061\":1,\"T\":1,\"a\":2}]"),
      "0={\"a\":2,\"T\":1}; 1={\"a\":2,\"T\":1}; 2={\"a\":2,\"T\":1}; "
      "3={\"a\":2,\"T\":1} twice; 4={\"a\":1,\"T\":1} twice; array records=5" },
    { "a key twice around objects that have it too",
      TEXT("[{\"z\":{\"z\":1},\"y\":{\"z\":1}},{\"z\":{\"z\":1},\"y\":{\"z\":1}},"
           "{\"z\":{\"z\":1},\"y\":{\"z\":1},\"z\":1}]"),
      "0={}; 1={}; 2={} twice; array records=3" },
    { "a field that has another number in another list",
      TEXT("{\"L\":[{\"a\":1,\"b\":2,\"T\":3}]}\n[{\"a\":1,\"b\":2,\"T\":3}]\n"
           "{\"M\":[{\"a\":1,\"b\":2,\"T\":3}]}\n{\"a\":1,\"b\":2,\"T\":3}"),
      "0={\"a\":1,\"b\":2}; object list=L records=1; 0={\"a\":1,\"T\":3}; array "
      "records=1; "
      "0={\"a\":1,\"b\":2}; object list=M records=1; object {\"a\":1,\"T\":3}" },
    { "a field of the record, and one below",
      TEXT("[{\"z\":{\"a\":1},\"a\":2},{\"a\":{\"z\":1},\"z\":2},{\"z\":{\"z\":{\"a\":"
           "1}},\"T\":2}]"),
      "0={\"a\":2}; 1={\"a\":{\"z\":1}}; 2={\"T\":2}; array records=3" },
    { "values whose bytes are the same, and are not",
      TEXT("[{\"a\":\"x\"},{\"a\":\"x\"},{\"a\":\"xy\"},{\"a\":\"x\\u0000\"},{\"a\":"
           "\"\\u0078\"},"
           "{\"a\":1},{\"a\":1.0},{\"a\":\"1\"},{\"a\":null},{\"a\":\"x\"},{},{\"a\":["
           "\"x\"]}]"),
      "0={\"a\":\"x\"}; 1={\"a\":\"x\"}; 2={\"a\":\"xy\"}; 3={\"a\":\"x\\u0000\"}; "
      "4={\"a\":\"x\"}; 5={\"a\":1}; 6={\"a\":1.0}; 7={\"a\":\"1\"}; 8={\"a\":null}; "
      "9={\"a\":\"x\"}; 10={}; 11={\"a\":[\"x\"]}; array records=12" },
    { "fields in another order, and fewer of them, are listed in one order",
      TEXT("[{\"a\":1,\"T\":2},{\"T\":3,\"a\":4},{\"T\":5},{\"T\":6,\"a\":7},{\"M\":8,"
           "\"T\":9},"
           "{\"M\":8,\"a\":9}]"),
      "0={\"a\":1,\"T\":2}; 1={\"a\":4,\"T\":3}; 2={\"T\":5}; 3={\"a\":7,\"T\":6}; "
      "4={\"T\":9,\"M\":8}; 5={\"a\":9,\"M\":8}; array records=6" },
};

static void brief_test(void **state)
{
    const struct row *row = *state;

    check((struct str){ row->text, row->len }, row->expected, BRIEF);
}

/* ---- where -------------------------------------------------------------------------
 */

static const struct row place_rows[] = {
    { "the first byte is 1:1", TEXT("{}"), "object@1:1+0" },
    { "blanks before a document", TEXT("\n  {}"), "object@2:3+3" },
    { "a byte order mark has 3 bytes and no column", TEXT("\xEF\xBB\xBF{\"L\": []}"),
      "object@1:1+3 list=L@1:7+9" },
    { "records on lines of their own",
      TEXT("{\n    \"L\": [\n        {\n            \"a\": 1\n        },\n        2\n  "
           "  "
           "]\n}\n"),
      "0={\"a\":1}@3:9+21; 1=other@6:9+61; object@1:1+0 list=L@2:10+11 records=2" },
    { "line ends between what was met before",
      TEXT("{\"L\": [\n{\n\"a\": 1,\n\"z\": [\n1\n]\n},\n{\n\"a\": 1,\n\"z\": "
           "[\n1\n]\n},\n{\n\"a\":\n1,\n\"z\": [\n\n]\n}\n,\n 3]}"),
      "0={\"a\":1}@2:1+8; 1={\"a\":1}@8:1+32; 2={\"a\":1}@14:1+56; 3=other@22:2+81; "
      "object@1:1+0 list=L@1:7+6 records=4" },
    { "CRLF", TEXT("{\r\n\"L\": [\r\n1,\r\n2]}"),
      "0=other@3:1+11; 1=other@4:1+15; object@1:1+0 list=L@2:6+8 records=2" },
    { "a lone CR is a character", TEXT("[\r1]"),
      "0=other@1:3+2; array@1:1+0@1:1+0 records=1" },
    { "a column counts characters, an offset bytes",
      TEXT("[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\", 1]"),
      "0=\"\\u00E9\\u20AC\\uD83D\\uDE00\"@1:2+1; 1=other@1:9+14; array@1:1+0@1:1+0 "
      "records=2" },
    { "a line longer than the smallest buffer",
      TEXT("[\"" LONG LONG "\xC3\xA9\", \"" LONG "\",\n1, \"" LONG "\", 2]"),
      "0=\"" LONG LONG "\\u00E9\"@1:2+1; 1=\"" LONG
      "\"@1:147+147; 2=other@2:1+221; 3=\"" LONG
      "\"@2:4+224; 4=other@2:78+298; array@1:1+0@1:1+0 records=5" },
    { "the first list's place is kept", TEXT("{\"L\": [1], \"M\": [2]}"),
      "0=other@1:8+7; 0=other@1:18+17; object@1:1+0 twice list=L@1:7+6 records=2" },
    { "a list that is no array has a place", TEXT("{\"L\":\n {}}"),
      "object@1:1+0 list=L(no array)@2:2+7" },
    { "each document has its own", TEXT("1\n [\n]\n"),
      "number@1:1+0; array@2:2+3@2:2+3" },
    { "damage is where it was met", TEXT("{\"L\": [\n  {\"a\": 1},\n  {\"a\" 2}\n]}"),
      "0={\"a\":1}@2:3+10; object@1:1+0 list=L@1:7+6 records=1 syntax@3:8+27" },
    { "a cut off source ends at its end", TEXT("[1,\n2"),
      "0=other@1:2+1; 1=other@2:1+4; array@1:1+0@1:1+0 records=2 cut-off@2:2+5" },
};

static void place_test(void **state)
{
    const struct row *row = *state;

    check((struct str){ row->text, row->len }, row->expected, PLACES);
}

/* ---- damage ------------------------------------------------------------------------
 */

static const struct row damage_rows[] = {
    { "text that is no JSON", TEXT("An error occurred"),
      "none@1:1+0 syntax@1:1+0: expected a value, met 'A'" },
    { "a byte that is no ASCII", TEXT("\xFF\xFD{"),
      "none@1:1+0 syntax@1:1+0: expected a value, met byte 0xFF" },
    { "a typographic quote", TEXT("{\xE2\x80\x9Cz\xE2\x80\x9D: 1}"),
      "object@1:1+0 syntax@1:2+1: expected a key or '}' after '{', met a typographic "
      "quote, as a text processor makes it" },
    { "a typographic quote in a record", TEXT("[{\"z\": \xE2\x80\x9E\xE2\x80\x9C}]"),
      "array@1:1+0@1:1+0 syntax@1:8+7: expected a value, met a typographic quote, as a "
      "text processor makes it" },
    { "half a typographic quote", TEXT("[{\"z\": \xE2\x80"),
      "array@1:1+0@1:1+0 syntax@1:8+7: expected a value, met byte 0xE2" },
    { "half a typographic quote at a document's start", TEXT("\xE2\x80"),
      "none@1:1+0 syntax@1:1+0: expected a value, met byte 0xE2" },
    { "another character", TEXT("[\xE2\x82\xAC]"),
      "array@1:1+0@1:1+0 syntax@1:2+1: expected a value, met byte 0xE2" },
    { "a second byte order mark", TEXT("\xEF\xBB\xBF\xEF\xBB\xBF{}"),
      "none@1:1+3 syntax@1:1+3: expected a value, met byte 0xEF" },
    { "half a byte order mark", TEXT("\xEF\xBB"),
      "none@1:1+0 syntax@1:1+0: expected a value, met byte 0xEF" },
    { "a form feed is no blank", TEXT("\f1"),
      "none@1:1+0 syntax@1:1+0: expected a value, met byte 0x0C" },
    { "a raw NUL", TEXT("\0{}"),
      "none@1:1+0 control-character@1:1+0: expected a value, met byte 0x00" },
    { "a raw NUL behind a document", TEXT("{}\0"),
      "object@1:1+0; none@1:3+2 control-character@1:3+2: expected a line end after a "
      "document, met byte 0x00" },
    { "a raw NUL in an object", TEXT("{\0}"),
      "object@1:1+0 control-character@1:2+1: expected a key or '}' after '{', met byte "
      "0x00" },
    { "a raw NUL in a record's string", TEXT("[{\"z\": \"\0\"}]"),
      "array@1:1+0@1:1+0 control-character@1:9+8: expected no control character in a "
      "string, met byte 0x00" },
    { "a raw NUL behind a number", TEXT("[1\0]"),
      "0=other@1:2+1; array@1:1+0@1:1+0 records=1 control-character@1:3+2: expected "
      "',' "
      "or ']' after an array's element, met byte 0x00" },

    { "no value in an array", TEXT("[,1]"),
      "array@1:1+0@1:1+0 syntax@1:2+1: expected a value, met ','" },
    { "no value behind a comma", TEXT("[1,]"),
      "0=other@1:2+1; array@1:1+0@1:1+0 records=1 syntax@1:4+3: expected a value, met "
      "']'" },
    { "no comma between elements", TEXT("[1 }"),
      "0=other@1:2+1; array@1:1+0@1:1+0 records=1 syntax@1:4+3: expected ',' or ']' "
      "after "
      "an array's element, met '}'" },
    { "an array that ends as an object", TEXT("[[1}]"),
      "array@1:1+0@1:1+0 syntax@1:4+3: expected ',' or ']' after an array's element, "
      "met "
      "'}'" },
    { "a key in single quotes", TEXT("{'a': 1}"),
      "object@1:1+0 syntax@1:2+1: expected a key or '}' after '{', met a single "
      "quote" },
    { "a key that is a number, in a record", TEXT("[{1: 2}]"),
      "array@1:1+0@1:1+0 syntax@1:3+2: expected a key or '}' after '{', met '1'" },
    { "no key behind a comma", TEXT("{\"a\": 1,}"),
      "object@1:1+0 {\"a\":1} syntax@1:9+8: expected a key after ',', met '}'" },
    { "no key behind a comma, in a record", TEXT("[{\"a\": 1,}]"),
      "array@1:1+0@1:1+0 syntax@1:10+9: expected a key after ',', met '}'" },
    { "no colon", TEXT("{\"a\" 1}"),
      "object@1:1+0 syntax@1:6+5: expected ':' after a key, met '1'" },
    { "no colon, in a record", TEXT("[{\"a\", 1}]"),
      "array@1:1+0@1:1+0 syntax@1:6+5: expected ':' after a key, met ','" },
    { "no comma between members", TEXT("{\"a\": 1 \"b\": 2}"),
      "object@1:1+0 {\"a\":1} syntax@1:9+8: expected ',' or '}' after an object's "
      "member, "
      "met '\"'" },
    { "no comma between members, in a record", TEXT("[{\"a\": 1 \"b\": 2}]"),
      "array@1:1+0@1:1+0 syntax@1:10+9: expected ',' or '}' after an object's member, "
      "met "
      "'\"'" },
    { "a word that is none", TEXT("[nul]"),
      "array@1:1+0@1:1+0 syntax@1:5+4: expected 'null', met ']'" },
    { "a word with a wrong letter", TEXT("tRue"),
      "none@1:1+0 syntax@1:2+1: expected 'true', met 'R'" },
    { "a word that goes on", TEXT("truex"),
      "boolean@1:1+0; none@1:5+4 trailing-text@1:5+4: expected a line end after a "
      "document, met 'x'" },
    { "a leading zero", TEXT("[01]"),
      "array@1:1+0@1:1+0 syntax@1:3+2: expected no digit after a leading 0, met '1'" },
    { "a minus alone", TEXT("[- 1]"),
      "array@1:1+0@1:1+0 syntax@1:3+2: expected a digit after '-', met a space" },
    { "a leading plus", TEXT("+1"),
      "none@1:1+0 syntax@1:1+0: expected a value, met '+'" },
    { "no digit behind the dot", TEXT("[1.]"),
      "array@1:1+0@1:1+0 syntax@1:4+3: expected a digit after '.', met ']'" },
    { "no digit in the exponent", TEXT("[1e+]"),
      "array@1:1+0@1:1+0 syntax@1:5+4: expected a digit in an exponent, met ']'" },
    { "a hexadecimal number", TEXT("{\"a\": 0x12}"),
      "object@1:1+0 {\"a\":0} syntax@1:8+7: expected ',' or '}' after an object's "
      "member, "
      "met 'x'" },
    { "a line end in a string", TEXT("[\"a\nb\"]"),
      "array@1:1+0@1:1+0 control-character@1:4+3: expected no control character in a "
      "string, met byte 0x0A" },
    { "a tab in a key", TEXT("{\"\t\": 1}"),
      "object@1:1+0 control-character@1:3+2: expected no control character in a "
      "string, "
      "met byte 0x09" },
    { "an escape that is none", TEXT("\"\\x41\""),
      "string@1:1+0 syntax@1:3+2: expected one of \"\\/bfnrtu after '\\', met 'x'" },
    { "a hexadecimal digit that is none", TEXT("\"\\u00g0\""),
      "string@1:1+0 syntax@1:6+5: expected 4 hexadecimal digits after '\\u', met 'g'" },

    { "half a pair at a string's end", TEXT("[\"\\uD83D\"]"),
      "array@1:1+0@1:1+0 surrogate@1:3+2: expected both halves of a surrogate pair, "
      "met "
      "one" },
    { "half a pair before another escape", TEXT("[\"\\uD83D\\n\"]"),
      "array@1:1+0@1:1+0 surrogate@1:3+2: expected both halves of a surrogate pair, "
      "met "
      "one" },
    { "two first halves", TEXT("[\"\\uD83D\\uD83D\"]"),
      "array@1:1+0@1:1+0 surrogate@1:3+2: expected both halves of a surrogate pair, "
      "met "
      "one" },
    { "two second halves", TEXT("[\"\\uDE00\\uDE00\"]"),
      "array@1:1+0@1:1+0 surrogate@1:3+2: expected both halves of a surrogate pair, "
      "met "
      "one" },
    { "a second half alone, in a key", TEXT("{\"a\\uDE00\": 1}"),
      "object@1:1+0 surrogate@1:4+3: expected both halves of a surrogate pair, met "
      "one" },

    { "Latin-1", TEXT("[\"caf\xE9\"]"),
      "array@1:1+0@1:1+0 utf-8@1:6+5: expected UTF-8 in a string, met byte 0xE9" },
    { "a second byte alone", TEXT("[\"\x80\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0x80" },
    { "overlong, 2 bytes", TEXT("[\"\xC1\xBF\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xC1" },
    { "overlong, 3 bytes", TEXT("[\"\xE0\x9F\xBF\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xE0" },
    { "overlong, 4 bytes", TEXT("[\"\xF0\x8F\xBF\xBF\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xF0" },
    { "a surrogate as UTF-8", TEXT("[\"\xED\xA0\x80\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xED" },
    { "above U+10FFFF", TEXT("[\"\xF4\x90\x80\x80\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xF4" },
    { "a lead byte that UTF-8 has not", TEXT("[\"\xF5\x80\x80\x80\"]"),
      "array@1:1+0@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xF5" },
    { "a character cut short, in a key", TEXT("{\"\xE2\x82\": 1}"),
      "object@1:1+0 utf-8@1:3+2: expected UTF-8 in a string, met byte 0xE2" },

    { "cut off in a key", TEXT("{\"a"),
      "object@1:1+0 cut-off@1:4+3: the file ends inside a string" },
    { "cut off before a colon", TEXT("{\"a\""),
      "object@1:1+0 cut-off@1:5+4: the file ends where ':' after a key is expected" },
    { "cut off before a value", TEXT("{\"a\":"),
      "object@1:1+0 cut-off@1:6+5: the file ends where a value is expected" },
    { "cut off behind a member", TEXT("{\"a\":1"),
      "object@1:1+0 {\"a\":1} cut-off@1:7+6: the file ends where ',' or '}' after an "
      "object's member is expected" },
    { "cut off in an object", TEXT("{ "),
      "object@1:1+0 cut-off@1:3+2: the file ends where a key or '}' after '{' is "
      "expected" },
    { "cut off in an array", TEXT("["),
      "array@1:1+0@1:1+0 cut-off@1:2+1: the file ends where a value is expected" },
    { "cut off in a character", TEXT("\"\xE2\x82"),
      "string@1:1+0 cut-off@1:3+3: the file ends inside a string" },
    { "cut off in an escape", TEXT("\"\\"),
      "string@1:1+0 cut-off@1:3+2: the file ends where one of \"\\/bfnrtu after '\\' "
      "is "
      "expected" },
    { "cut off in a hexadecimal escape", TEXT("\"\\u00"),
      "string@1:1+0 cut-off@1:6+5: the file ends where 4 hexadecimal digits after "
      "'\\u' "
      "is expected" },
    { "cut off between the halves of a pair", TEXT("\"\\uD83D\\"),
      "string@1:1+0 cut-off@1:9+8: the file ends inside a string" },
    { "cut off in a word", TEXT("fals"),
      "none@1:1+0 cut-off@1:5+4: the file ends inside 'false'" },
    { "cut off in a number", TEXT("1e"),
      "none@1:1+0 cut-off@1:3+2: the file ends where a digit in an exponent is "
      "expected" },
    { "a number may end the file", TEXT("12"), "number@1:1+0" },
};

static void damage_test(void **state)
{
    const struct row *row = *state;

    check((struct str){ row->text, row->len }, row->expected, ALL);
}

/* ---- lifetimes, and memory ---------------------------------------------------------
 */

static void an_arena_may_be_released_in_the_middle(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str text = STR("{\"T\": 1, \"L\": [{\"a\": \"x\", \"b\": 1e999}, 2]}");
    struct records *records =
        records_open(&arena, layout_of_rows(&arena), bytes_open_memory(&arena, text, 0),
                     RECORDS_BUFFER_BYTES);
    struct records_item item;

    (void)state;
    assert_int_equal(records_next(records, &item), RECORDS_RECORD);
    arena_release(&arena);
}

static void a_reader_reads_source_after_source(void **state)
{
    static const struct source_row {
        struct str text;
        enum records_status first;
        enum damage damage; /* of a document */
        uint64_t offset;    /* of what comes first */
    } sources[] = {
        { { "{\"T\": 1, \"L\": [{\"a\": 1e999, \"x\": {", 31 },
          RECORDS_DOCUMENT,
          DAMAGE_CUT_OFF,
          0 },
        { { "\xEF\xBB\xBF{\"a\": 1, \"a\": 2, \"L\": [{\"a\": \"x\"}", 36 },
          RECORDS_RECORD,
          DAMAGE_NONE,
          26 },
        { { "", 0 }, RECORDS_END, DAMAGE_NONE, 0 },
        { { "\xFF\xFE[\0001\0]\0", 8 }, RECORDS_RECORD, DAMAGE_NONE, 4 },
        { { "\n2", 2 }, RECORDS_DOCUMENT, DAMAGE_NONE, 1 },
    };
    struct arena arena = ARENA_EMPTY;
    struct records *records = records_new(&arena, layout_of_rows(&arena), 64);
    struct records_item item;

    (void)state;
    assert_int_equal(records_next(records, &item), RECORDS_END);
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        const struct source_row *source = &sources[i];
        struct arena file = ARENA_EMPTY;

        records_begin(records, bytes_open_memory(&file, source->text, 0));
        assert_int_equal(records_next(records, &item), source->first);
        if (source->first == RECORDS_RECORD)
            assert_int_equal(item.record->start.offset, source->offset);
        if (source->first == RECORDS_DOCUMENT) {
            assert_int_equal(item.envelope->start.offset, source->offset);
            assert_int_equal(item.envelope->damage, source->damage);
            assert_int_equal(item.envelope->index, 0);
            assert_false(item.envelope->duplicate_key);
        }
        arena_release(&file);
    }
    arena_release(&arena);
}

static void a_layout_of_nothing_checks_everything(void **state)
{
    struct arena arena = ARENA_EMPTY;
    struct str text = STR("{\"L\": [{\"a\": 1, \"a\": 2}]}\n[{\"a\": 1}]\n[tru]");
    struct records *records =
        records_open(&arena, layout_new(&arena), bytes_open_memory(&arena, text, 0),
                     RECORDS_BUFFER_BYTES);
    struct records_item item;

    (void)state;
    assert_int_equal(records_next(records, &item), RECORDS_DOCUMENT);
    assert_true(item.envelope->duplicate_below);
    assert_int_equal(json_object_size(item.envelope->fields), 0);
    assert_int_equal(records_next(records, &item), RECORDS_RECORD);
    assert_int_equal(item.record->kind, RECORD_OBJECT);
    assert_int_equal(json_object_size(record_value(item.record)), 0);
    assert_int_equal(records_next(records, &item), RECORDS_DOCUMENT);
    assert_int_equal(records_next(records, &item), RECORDS_DOCUMENT);
    assert_int_equal(item.envelope->damage, DAMAGE_SYNTAX);
    arena_release(&arena);
}

static void marks_test(void **state)
{
    const struct row *row = *state;

    check((struct str){ row->text, row->len }, row->expected, TEXTS);
}

int main(void)
{
    struct tests tests = { 0 };

    TESTS_ADD_ROWS(&tests, brief_rows, brief_test);
    TESTS_ADD_ROWS(&tests, answers_rows, brief_test);
    TESTS_ADD_ROWS(&tests, nested_rows, brief_test);
    TESTS_ADD_ROWS(&tests, marks_rows, marks_test);
    TESTS_ADD_ROWS(&tests, again_rows, brief_test);
    TESTS_ADD_ROWS(&tests, place_rows, place_test);
    TESTS_ADD_ROWS(&tests, damage_rows, damage_test);
    TESTS_ADD(&tests, an_arena_may_be_released_in_the_middle);
    TESTS_ADD(&tests, a_reader_reads_source_after_source);
    TESTS_ADD(&tests, a_layout_of_nothing_checks_everything);
    return tests_run("json_records", &tests);
}
