// Tells the editor (monaco) where its bundled workers are.

const languageWorkers = new Set(["graphql", "json"]);

globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(new URL(`./workers/${languageWorkers.has(label) ? label : "editor"}.js`, import.meta.url), {
      type: "module",
    }),
};
