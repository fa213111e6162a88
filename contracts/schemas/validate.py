"""Says of each instance whether it has the schema in the file that is named beside it: true or false, a line each.

Arguments: the folder of the schemas, and a file with a line of JSON for each instance:
{"schema": "Error.json", "instance": ...}. Nothing is fetched: the files find each other by their $id.
"""

import json
import sys
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

# The meta-schema is one of ours: what it is made of is said.
files = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in Path(sys.argv[1]).glob("*.json")}
registry = Registry().with_resources(
    (schema["$id"], Resource(contents=schema, specification=DRAFT202012)) for schema in files.values()
)
meta = files["meta-schema.json"]
validators = {}
for name, schema in files.items():
    Draft202012Validator(meta, registry=registry).validate(schema)
    validators[name] = Draft202012Validator(schema, registry=registry)

for line in Path(sys.argv[2]).read_text(encoding="utf-8").split("\n"):
    case = json.loads(line)
    print(json.dumps(validators[case["schema"]].is_valid(case["instance"])))
