// Bundles GraphiQL with its editor's workers and styles into ../assets, so that the page loads nothing from other hosts.
//
// All files are in one folder that is named after their content, so that browsers may keep them forever. Each is compressed
// with br and with gzip. ../assets/explorer.json lists the files that the page refers to, and
// ../assets/explorer-packages.json the packages that the bundle contains.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { readExamples } from "./read_examples.js";
import { readPackages } from "./read_packages.js";

const assets = resolve("../assets");

const { outputFiles, metafile } = await build({
  entryPoints: {
    explorer: "main.jsx",
    "workers/editor": "monaco-editor/esm/vs/editor/editor.worker.js",
    "workers/graphql": "monaco-graphql/esm/graphql.worker.js",
    "workers/json": "monaco-editor/esm/vs/language/json/json.worker.js",
  },
  alias: {
    "monaco-editor/esm/vs/editor/edcore.main.js": "./monaco.js",
    // The same in modules, because the import of a CommonJS file has no named exports.
    "prettier/parser-babel": "prettier/plugins/babel",
    "prettier/parser-graphql": "prettier/plugins/graphql",
  },
  outdir: assets,
  bundle: true,
  minify: true,
  splitting: true,
  write: false,
  metafile: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  chunkNames: "chunks/[hash]",
  loader: { ".ttf": "dataurl" },
  define: {
    "process.env.NODE_ENV": '"production"',
    EXAMPLES: JSON.stringify(readExamples("../docs/examples")),
  },
  logLevel: "warning",
});

const digest = createHash("sha256");
for (const file of outputFiles) digest.update(file.path.slice(assets.length)).update(file.contents);
const folder = `explorer-${digest.digest("hex").slice(0, 16)}`;

/** Return the path of an output in the folder of assets. */
const place = (path) => join(folder, relative(assets, resolve(path)));

mkdirSync(assets, { recursive: true });
const previous = readdirSync(assets).filter((name) => name.startsWith("explorer"));
for (const name of previous) rmSync(join(assets, name), { recursive: true });
for (const file of outputFiles) {
  const path = join(assets, place(file.path));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.br`, brotliCompressSync(file.contents));
  writeFileSync(`${path}.gz`, gzipSync(file.contents, { level: 9 }));
}

const [[script, { cssBundle, imports }]] = Object.entries(metafile.outputs).filter(([path]) => path.endsWith("/explorer.js"));
const modules = imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => place(path));
const manifest = { script: place(script), style: place(cssBundle), modules };
writeFileSync(join(assets, "explorer.json"), JSON.stringify(manifest, null, 2));

const packages = readPackages(Object.keys(metafile.inputs));
writeFileSync(join(assets, "explorer-packages.json"), JSON.stringify(packages, null, 2));
