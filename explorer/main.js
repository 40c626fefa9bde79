// The page's script: shows GraphiQL, which sends its requests to the URL of the page.

import "./workers.js";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";

const container = document.getElementById("explorer");

async function fetcher(request, { headers } = {}) {
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

createRoot(container).render(
  createElement(
    GraphiQL,
    { fetcher, defaultQuery: container.dataset.query },
    createElement(GraphiQL.Logo, null, "Counterpoint"),
  ),
);
