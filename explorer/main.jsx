// The page's script: shows GraphiQL, which sends its requests to the path of the page.

import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { buildSchema, introspectionFromSchema } from "graphql";
import { GraphiQL } from "graphiql";
import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { DOC_EXPLORER_PLUGIN } from "@graphiql/plugin-doc-explorer";
import { HISTORY_PLUGIN } from "@graphiql/plugin-history";
import { EXAMPLES_PLUGIN } from "./examples.jsx";
import { linkWriter, readLink } from "./link.js";
import "monaco-graphql/esm/lite.js";
import "./style.css";

const INTROSPECTION = "IntrospectionOfTheExplorer";
const WIDE = "(min-width: 1000px)";

const container = document.getElementById("explorer");
const defaultQuery = container.dataset.query;
const acceptsOnlyTrusted = "trustedOnly" in container.dataset;
const link = readLink(location.search);
const plugins = acceptsOnlyTrusted ? [HISTORY_PLUGIN] : [EXAMPLES_PLUGIN, HISTORY_PLUGIN];

// Here and not in monaco.js, because the build moves that into a chunk in another folder.
const languageWorkers = new Set(["graphql", "json"]);
globalThis.MonacoEnvironment = {
  getWorker: (_, label) =>
    new Worker(new URL(`./workers/${languageWorkers.has(label) ? label : "editor"}.js`, import.meta.url), {
      type: "module",
    }),
};

async function fetcher(request, { headers } = {}) {
  if (request.operationName === INTROSPECTION) return fetchSchema();
  const response = await fetch(location.pathname, {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json;q=0.9",
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify(request),
  });
  return response.json();
}

/** Read the published schema, because a server that executes only trusted documents refuses introspection. */
async function fetchSchema() {
  const response = await fetch(new URL("../../schema.graphql", import.meta.url));
  const options = { schemaDescription: true, inputValueDeprecation: true };
  return { data: introspectionFromSchema(buildSchema(await response.text()), options) };
}

/** Run the query that the page opens with, as soon as the editors are there. */
function FirstRun() {
  const { run, setOperationName } = useGraphiQLActions();
  const query = useGraphiQL((state) => state.responseEditor && state.variableEditor && state.queryEditor);
  useEffect(() => {
    const hasOperation = /^[^\S\n]*[^\s#]/m.test(query?.getValue() ?? "");
    if (!hasOperation) return;
    if (link.operationName) setOperationName(link.operationName);
    run();
  }, [query]);
}

createRoot(container).render(
  <GraphiQL
    fetcher={fetcher}
    introspectionQueryName={INTROSPECTION}
    schemaDescription
    inputValueDeprecation
    defaultQuery={defaultQuery}
    initialQuery={link.query ?? defaultQuery}
    initialVariables={link.variables ?? ""}
    defaultEditorToolsVisibility="variables"
    plugins={plugins}
    visiblePlugin={matchMedia(WIDE).matches ? DOC_EXPLORER_PLUGIN : undefined}
    onTabChange={linkWriter(defaultQuery)}
  >
    <GraphiQL.Logo>Counterpoint</GraphiQL.Logo>
    <FirstRun />
  </GraphiQL>,
);
