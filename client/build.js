// Builds the npm package for front ends from schema.graphql into ../assets/client. `counterpoint client` copies it.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { codegen } from "@graphql-codegen/core";
import * as typescript from "@graphql-codegen/typescript";
import { minifyIntrospectionQuery } from "@urql/introspection";
import { buildSchema, introspectionFromSchema, parse } from "graphql";
import { findRules } from "./rules.js";

const output = "../assets/client";
const sdl = readFileSync("schema.graphql", "utf8");
const schema = buildSchema(sdl);
const introspection = introspectionFromSchema(schema);
const rules = findRules(schema);

const types = await codegen({
  filename: "schema.d.ts",
  schema: parse(sdl),
  documents: [],
  plugins: [{ typescript: {} }],
  pluginMap: { typescript },
  config: { scalars: { Date: "string" }, strictScalars: true, enumsAsTypes: true, nonOptionalTypename: true },
});

const json = (value, indent) => `${JSON.stringify(value, null, indent)}\n`;
const constant = (name, value) => `export const ${name} = ${JSON.stringify(value, null, 2)};\n`;

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
cpSync("package", output, { recursive: true });
const files = {
  "schema.graphql": sdl,
  "schema.d.ts": `${types.trim()}\n`,
  "introspection.json": json(introspection),
  "possible-types.json": json(rules.possibleTypes, 2),
  "rules.js": Object.entries(rules)
    .map(([name, value]) => constant(name, value))
    .join("\n"),
  "urql-schema.js": `export const schema = ${JSON.stringify(minifyIntrospectionQuery(introspection))};\n`,
};
for (const [name, text] of Object.entries(files)) writeFileSync(`${output}/${name}`, text);
