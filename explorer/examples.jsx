// The pane that lists the examples of docs/examples.

import { useGraphiQL, useGraphiQLActions } from "@graphiql/react";

const NARROW = "(max-width: 700px)";

/** The examples: title, explanation, query and variables. The build reads them from docs/examples. */
const examples = EXAMPLES;

/** Return a function that shows an example in the editors and runs it. It replaces only a text that nobody edited. */
function useOpenExample() {
  const { addTab, changeTab, run, setOperationName, setVisiblePlugin } = useGraphiQLActions();
  const { tabs, queryEditor, variableEditor, defaultQuery } = useGraphiQL((state) => state);
  return ({ query, variables, operationName }) => {
    const index = tabs.findIndex((tab) => tab.query === query && tab.variables === variables);
    const unchangedTexts = ["", defaultQuery, ...examples.map((example) => example.query)];
    if (index >= 0) changeTab(index);
    else if (!unchangedTexts.includes(queryEditor.getValue())) addTab();
    queryEditor.setValue(query);
    variableEditor.setValue(variables);
    setOperationName(operationName);
    run();
    if (matchMedia(NARROW).matches) setVisiblePlugin(null);
  };
}

function Examples() {
  const open = useOpenExample();
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>Their variables fit the article that comes with Counterpoint: replace slugs and ids by those of your content.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button type="button" onClick={() => open(example)}>
              <strong>{example.title}</strong>
              <span>{formatCode(example.explanation)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Return a text with elements for its parts between backticks. */
function formatCode(text) {
  return text.split("`").map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part));
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round">
      <path d="M9 3h6M10 3v6L4.5 18.5A1.7 1.7 0 0 0 6 21h12a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 14h9" />
    </svg>
  );
}

export const EXAMPLES_PLUGIN = { title: "Examples", icon: Icon, content: Examples };
