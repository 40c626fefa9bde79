const ours = new Set(["graphql", "json"]);

globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(new URL(`./workers/${ours.has(label) ? label : "editor"}.js`, import.meta.url), { type: "module" }),
};
