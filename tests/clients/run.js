// Bundle scripts of a folder and run them one after the other: `node run.js FOLDER SCRIPT...`. A NUL ends each output.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import "./wire.js";

const [folder, ...scripts] = process.argv.slice(2);

// Relay replaces its tagged templates at build time.
const relay = {
  name: "relay",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => {
      const contents = await readFile(file, "utf-8");
      if (!contents.includes("graphql`")) return undefined;
      const { transformAsync } = await import("@babel/core");
      const plugins = [["relay", { eagerEsModules: true, artifactDirectory: path.join(folder, "src/__generated__") }]];
      const parserOpts = { plugins: ["typescript", "jsx"] };
      const { code } = await transformAsync(contents, { filename: file, plugins, parserOpts, configFile: false });
      return { contents: code, loader: "tsx" };
    });
  },
};

await build({
  absWorkingDir: folder,
  entryPoints: scripts,
  outbase: folder,
  outdir: "build",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  jsx: "automatic",
  plugins: [relay],
});
for (const script of scripts) {
  const dom = script.endsWith(".tsx") ? await import("./dom.js") : undefined;
  await import(pathToFileURL(path.join(folder, "build", script.replace(/\.\w+$/, ".mjs"))).href);
  await dom?.use();
  process.stdout.write("\0");
}
process.exit();
