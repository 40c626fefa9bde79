// Shows GraphiQL in the page, asking the address that the page came from. Bare names are resolved by the build in
// explorer/, or by the page's import map where that has not run.

import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { GraphiQL } from "graphiql";

const place = document.getElementById("explorer");

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

createRoot(place).render(
  createElement(
    GraphiQL,
    { fetcher, defaultQuery: place.dataset.query },
    createElement(GraphiQL.Logo, null, "Counterpoint"),
  ),
);
