// Writes what GitHub's own library writes for the findings on standard input: [{ level, message, properties }, …].

import { readFileSync } from "node:fs";
import * as core from "@actions/core";

for (const { level, message, properties } of JSON.parse(readFileSync(0, "utf8"))) {
    core[level](message, properties);
}
