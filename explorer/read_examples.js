// Reads the examples of the documentation: a sentence, a query, variables if there are any, and an answer.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const BLOCK = /^```(\w+)(.*)\n([\s\S]*?)^```$/gm;

/** Return the examples of a folder, except those that need more articles than those in `seed/`. */
export function readExamples(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".md")).sort();
  return names.map((name) => readExample(name, readFileSync(join(folder, name), "utf8"))).filter(Boolean);
}

function readExample(name, text) {
  const blocks = Object.fromEntries([...text.matchAll(BLOCK)].map(([, kind, title, body]) => [kind + title, body]));
  if (Object.keys(blocks).some((block) => block.startsWith("markdown"))) return null;
  const words = name.replace(".md", "").replaceAll("-", " ");
  return {
    title: words[0].toUpperCase() + words.slice(1),
    explanation: text.slice(0, text.indexOf("\n")),
    query: blocks.graphql.trim(),
    operationName: /^query (\w+)/m.exec(blocks.graphql)?.[1],
    variables: blocks["json variables"]?.trim() ?? "",
  };
}
