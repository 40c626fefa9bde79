// Bundles GraphiQL with its editor's workers and styles into ../assets, so that the page loads nothing from other hosts.

import { rmSync } from "node:fs";
import { build } from "esbuild";

const common = { outdir: "../assets", bundle: true, minify: true, logLevel: "warning" };

rmSync(common.outdir, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: {
    explorer: "main.js",
    "workers/editor": "monaco-editor/esm/vs/editor/editor.worker.js",
    "workers/graphql": "monaco-graphql/esm/graphql.worker.js",
    "workers/json": "monaco-editor/esm/vs/language/json/json.worker.js",
  },
  format: "esm",
  target: "es2022",
  splitting: true,
  chunkNames: "chunks/[hash]",
  define: { "process.env.NODE_ENV": '"production"' },
  loader: { ".css": "empty" }, // because the style sheet below contains all of it
});
await build({ ...common, entryPoints: { explorer: "graphiql/style.css" } });
