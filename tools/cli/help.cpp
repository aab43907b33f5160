#include "help.hpp"

#ifndef SCORELET_VERSION_TEXT
#error "SCORELET_VERSION_TEXT comes from the build"
#endif

namespace scorelet::cli {
namespace {

constexpr std::string_view kProgram = R"(scorelet - score rows with a PMML model

Usage:
  scorelet score MODEL INPUT [-o OUTPUT] [options]   score CSV or NDJSON rows
  scorelet inspect MODEL [--json]                    show fields, domains, targets, outputs
  scorelet verify MODEL                              run the verification records in the model
  scorelet compile MODEL -o OUTPUT                   make a smaller file of it that loads faster
  scorelet export MODEL --to=excel [-o OUTPUT]       write it as formulas of a spreadsheet
  scorelet explain MODEL INPUT -b BACKGROUND         what each field contributes to each prediction
  scorelet ask MODEL QUESTION [-b BACKGROUND]        what would change a prediction, in JSON
  scorelet baseline MODEL [INPUT]                    what later rows are to be compared with
  scorelet drift MODEL INPUT [-b BASELINE]           how far rows are from it, field by field
  scorelet serve MODEL... [options]                  models behind HTTP
  scorelet model ACTION [...] [--store=DIRECTORY]    versions of models, and what is in use
  scorelet send FOLDER URL                           events of scored rows to a collector
  scorelet help COMMAND                              more about a command
  scorelet --version

Exit status:
  0  done
  1  a bad row under --strict; a verification that did not pass; drift
  2  wrong usage
  3  the model is refused; every fault is listed
  4  a file cannot be read, understood or written

Example:
  scorelet score loan.pmml customers.csv --id customer -o scores.csv
)";

constexpr std::string_view kScore = R"(scorelet score - score CSV or NDJSON rows

Usage:
  scorelet score MODEL INPUT [-o OUTPUT] [options]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  rows: CSV with a header line, or NDJSON (one JSON object a line)
                         "-" is standard input, for MODEL or for INPUT

Output:
  -o, --output=OUTPUT    where to write (standard output)
  --output-format=FORMAT csv or ndjson (by the extension of OUTPUT, else as the input)
  --columns=NAMES        only these results, in this order: a,b (repeatable)
  --all-outputs          also outputs that the model does not call final
  --id=COLUMN            pass an input column through, before the results (repeatable)
  --details              add "@details" (NDJSON): probabilities, derived fields ...
  --no-diagnostics       leave out "@diagnostics"

Input:
  -f, --format=FORMAT    csv or ndjson (by the extension of INPUT, else by its first character)
  --separator=CHARACTER  between CSV cells, in and out (comma; tab for .tsv); "tab" is a tab
  --header=NAMES         column names of a CSV input that has no header line
  --missing=TOKENS       texts that mean missing, besides the empty cell: NA,? (repeatable)
  --group=COLUMN         rows with the same value of COLUMN are one record: fields that take lists
                         get all values, others the first (the model's own group field, if any)
  --no-group             every row is a record, whatever the model says
  --model=NAME           which model of the document (the first that can be scored)
  --horizon=N            forecast the steps 1 to N (1), where no field of the model says how many

Rows:
  --strict               end at the first bad row, with exit status 1
  --threads=N            score on at most N threads (as many as the machine runs at once); what
                         comes out is the same for every N
  -q, --quiet            no progress, notes and summary on standard error
  -h, --help             this text

Events (docs/telemetry.md), off unless asked for:
  --events=FOLDER        keep an event of each row in FOLDER, for scorelet send; of the inputs it
                         tells nothing but how many are missing, invalid or new
  --full=FIELDS          tell the values of these fields (repeatable)
  --binned=FIELDS        tell in which range, or category, of the baseline they are (repeatable)
  --baseline=FILE        what scorelet baseline made (the statistics in MODEL)
  --share=SHARE          of only this share of the rows, such as 0.1, chosen by chance

A bad row does not stop the others: its results are missing as far as they could not be computed,
and "@diagnostics" says why. A summary goes to standard error.

Examples:
  scorelet score loan.pmml customers.csv --id customer -o scores.csv
  scorelet score loan.pmml - --format ndjson --details < customers.ndjson
  scorelet score baskets.pmml purchases.csv --group receipt
)";

constexpr std::string_view kInspect = R"(scorelet inspect - show what a model asks for and what it answers

Usage:
  scorelet inspect MODEL [--json] [--model=NAME]

  MODEL                  a PMML document; "-" is standard input
  --json                 as JSON (docs/describe.md)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

A model that cannot be scored is refused with exit status 3 and a list of all its faults.

Example:
  scorelet inspect loan.pmml
)";

constexpr std::string_view kVerify = R"(scorelet verify - run the verification records in a model

Usage:
  scorelet verify MODEL [--json] [--model=NAME]

  MODEL                  a PMML document with ModelVerification; "-" is standard input
  --json                 the report as JSON
  --model=NAME           which model of the document (the first that can be scored)
  -q, --quiet            only the exit status
  -h, --help             this text

Exit status 0 means that every record came out as recorded, 1 that one did not or that the
document has no records.

Example:
  scorelet verify loan.pmml
)";

constexpr std::string_view kCompile = R"(scorelet compile - make a file of a model that is smaller and loads faster

Usage:
  scorelet compile MODEL -o OUTPUT [--model=NAME]

  MODEL                  a PMML document; "-" is standard input
  -o, --output=OUTPUT    the compiled file, by custom with the extension .scorelet
  --model=NAME           which model of the document is checked (the first that can be scored)
  -q, --quiet            no summary on standard error
  -h, --help             this text

The compiled file goes wherever a PMML document does and gives the same answers, to the last bit.
It says the SHA-256 of the document that it comes from (scorelet inspect); keep the document.

Example:
  scorelet compile loan.pmml -o loan.scorelet
)";

constexpr std::string_view kExport = R"(scorelet export - write a model as formulas of a spreadsheet

Usage:
  scorelet export MODEL --to=excel [-o OUTPUT] [--style=STYLE]

  MODEL                  a PMML document, or what scorelet compile made of one
  --to=excel             what to export to
  -o, --output=OUTPUT    FILE.xlsx: a finished workbook; else the formulas as text, one line
                         a column with its cell, its heading and its formula (standard output)
  --style=STYLE          let: one LET for each result (Excel 2021 and later)
                         columns: helper columns (Excel 2010 and later)
                         table: ensembles of trees as a sheet of nodes (Excel 2024, Microsoft 365)
                         (let if it fits into a cell, else columns)
  --model=NAME           which model of the document (the first that can be scored)
  -q, --quiet            no summary on standard error
  -h, --help             this text

The workbook has a sheet to score on, one that checks the formulas against the records that the
model carries for verification, and one that says how exact the formulas are.
What has no formula is refused by name; docs/excel-formulas.md lists it.

Example:
  scorelet export consumption.pmml --to=excel -o consumption.xlsx
)";

constexpr std::string_view kExplain = R"(scorelet explain - what each input field contributes to each prediction

Usage:
  scorelet explain MODEL INPUT -b BACKGROUND [-o OUTPUT] [options]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  rows to explain: CSV with a header line, or NDJSON
  -b, --background=FILE  rows to compare with, 20 to 200 typical ones
  -o, --output=OUTPUT    where to write CSV (standard output)
  --of=CLASS             the class of a classification whose probability, or margin, is explained
  --quantity=WHAT        prediction, probability or margin (probability with --of, else prediction);
                         margin: log-odds and the like, before the link function
  --path-dependent       averages by the recordCounts of trees; needs no background
  --id=COLUMN            pass an input column through, before the others (repeatable)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

The columns: base, one per input field, value; base and fields add up to value (Shapley values).
method and standardError say whether they are exact or estimated. docs/explain.md says how.

Example:
  scorelet explain loan.pmml customers.csv -b typical.csv --of yes --id customer -o why.csv
)";

constexpr std::string_view kAsk = R"(scorelet ask - ask a model in JSON what would change a prediction

Usage:
  scorelet ask MODEL QUESTION [-b BACKGROUND] [--model=NAME]

  MODEL                  a PMML document, or what scorelet compile made of one
  QUESTION               a JSON object (docs/explain.md): contributions, importance, curve,
                         partialDependence, tornado, goalSeek, counterfactuals, trace
  -b, --background=FILE  rows to compare with: CSV or NDJSON
  -h, --help             this text

Example:
  scorelet ask loan.pmml '{"ask":"goalSeek","record":{"income":2450},"field":"amount",
                           "relation":"<=","target":0.15}' -b typical.csv
)";

constexpr std::string_view kBaseline =
    R"(scorelet baseline - what fields and results were like, to compare later rows with

Usage:
  scorelet baseline MODEL [INPUT] [-o OUTPUT]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  typical rows, such as those the model was trained on: CSV or NDJSON
                         (without it, from the statistics in MODEL; these speak of no results)
  -o, --output=OUTPUT    where to write JSON (standard output)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

The file is for scorelet drift and for telemetry. It holds counts, and of categories the values;
docs/telemetry.md says what it looks like.

Example:
  scorelet baseline loan.pmml training.csv -o loan.baseline.json
)";

constexpr std::string_view kDrift = R"(scorelet drift - how far rows are from a baseline, field by field

Usage:
  scorelet drift MODEL INPUT [-b BASELINE] [-o OUTPUT]

  MODEL                  a PMML document, or what scorelet compile made of one
  INPUT                  rows: CSV with a header line, or NDJSON
  -b, --baseline=FILE    what scorelet baseline made (the statistics in MODEL)
  -o, --output=OUTPUT    where to write CSV (standard output)
  --threshold=PSI        a field has drifted if its PSI is above this (0.25), and above what
                         it would be in 19 of 20 samples of this size without drift (psiBound)
  --model=NAME           which model of the document (the first that can be scored)
  -h, --help             this text

Exit status 1 means that a field or a result has drifted.

Example:
  scorelet drift loan.pmml october.csv -b loan.baseline.json
)";

constexpr std::string_view kServe = R"(scorelet serve - answer requests for predictions over HTTP

Usage:
  scorelet serve MODEL... [options]

  MODEL                  a PMML document, or what scorelet compile made of one; it is served under
                         the file's name without extension, or as NAME where it is NAME=FILE;
                         with --tokens it may be deployed later

Who may ask:
  --address=ADDRESS      where to listen (127.0.0.1); others than loopback need --tokens
  --port=PORT            8080; 0 is any that is free
  --tokens=FILE          bearer tokens, one a line: name, scopes (score,explain,manage), SHA-256 of
                         the token; without it only this machine may ask, and only for scores
  --origin=ORIGIN        pages of this origin may read answers, "*": all (repeatable)
  --rate=N               at most N requests a second and token

What a request may cost:
  --rows=N               rows (10000)
  --body-bytes=N         bytes (4194304)
  --deadline-ms=N        milliseconds (10000)

The server:
  --store=DIRECTORY      serve the champions of a store (scorelet help model) in place of files, and
                         keep there what requests deploy; on SIGHUP, follow what changed in it
  --default-model=NAME   the model of /invocations (the only one)
  --threads=N            connections answered at a time (32)
  --drain-ms=N           on SIGTERM, first be "not ready" for so long (0)
  --no-explain           models take less memory and are not explained
  -q, --quiet            no log on standard error
  -h, --help             this text

It speaks the Open Inference Protocol v2 (/v2/models/NAME/infer), Openscoring's REST (/model/NAME)
and /ping with /invocations; /openapi.json describes all. docs/service.md says more.

Example:
  scorelet serve loan.pmml
  curl localhost:8080/model/loan -H 'content-type: application/json' \
       -d '{"arguments":{"income":2450,"home":"own"}}'
)";

constexpr std::string_view kModel = R"(scorelet model - keep versions of models, and a record of every change

Usage:
  scorelet model ACTION [...] [--store=DIRECTORY]

  add NAME FILE          keep a document as a version of the model NAME; prints the version
  list [NAME]            versions: when (milliseconds since 1970) and by whom added, [aliases]
  diff NAME FROM TO      what changed: fields, treatments, results; exit status 1 if anything did
  promote NAME VERSION   let the alias mean this version
  rollback NAME          let the alias mean what it meant before; prints the version
  retire NAME VERSION    never use this version again
  log [NAME]             the record: JSON lines, each with the digest of the one before
  verify-log             whether record and documents are as they were written

  --store=DIRECTORY      the store (models)
  --alias=NAME           what promote and rollback are about (champion, which is served); with add,
                         the version is promoted at once
  --by=WHO               for the record (the user's name)
  --why=TEXT             for the record; retire needs it
  --sample=FILE          diff: rows that both versions score
  -h, --help             this text

A VERSION is an alias, or the first digits (four or more) of the SHA-256 of the document. A document
that cannot be scored, or that fails its own ModelVerification, is neither kept nor promoted.

Example:
  scorelet model add loan loan.pmml --alias champion --why 'first version'
)";

constexpr std::string_view kSend = R"(scorelet send - send events of scored rows to a collector

Usage:
  scorelet send FOLDER URL [options]

  FOLDER                 where scorelet score --events keeps them
  URL                    a collector that takes OTLP over HTTP: http://HOST[:PORT] (4318), without
                         encryption; one on this machine passes them on over TLS
  --token-file=FILE      holds the token that the collector asks for (Authorization: Bearer)
  --timeout=SECONDS      how long to go on while the collector does not take them (60)
  -q, --quiet            no summary on standard error
  -h, --help             this text

Ends once all are sent. What is not sent stays in FOLDER, and exit status 4 says so. An event may be
sent twice if this program or the network breaks down; both then have the same id.

Example:
  scorelet score loan.pmml customers.csv --events events -o scores.csv
  scorelet send events http://localhost:4318
)";

}  // namespace

std::string helpText(std::string_view command) {
  if (command.empty()) return std::string(kProgram);
  if (command == "score") return std::string(kScore);
  if (command == "inspect") return std::string(kInspect);
  if (command == "verify") return std::string(kVerify);
  if (command == "compile") return std::string(kCompile);
  if (command == "export") return std::string(kExport);
  if (command == "explain") return std::string(kExplain);
  if (command == "ask") return std::string(kAsk);
  if (command == "baseline") return std::string(kBaseline);
  if (command == "drift") return std::string(kDrift);
  if (command == "serve") return std::string(kServe);
  if (command == "model") return std::string(kModel);
  if (command == "send") return std::string(kSend);
  return {};
}

std::string versionText() { return "scorelet " SCORELET_VERSION_TEXT "\n"; }

}  // namespace scorelet::cli
