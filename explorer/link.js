// Links to the explorer: the address names the query that it shows, so that it can be shared.

const PARAMETERS = ["query", "variables", "operationName"];

/** Servers refuse longer addresses. */
const MAX_LENGTH = 8_000;

const DELAY_MILLISECONDS = 400;

/** Return the parameters of an address, without the empty ones. */
export function readLink(search) {
  const parameters = new URLSearchParams(search);
  return Object.fromEntries(PARAMETERS.map((name) => [name, parameters.get(name) || undefined]));
}

/** Return the address of a tab; without parameters if it shows the first query or is too long for an address. */
export function linkTo(pathname, tab, defaultQuery) {
  if (tab.query === defaultQuery && !tab.variables) return pathname;
  const parameters = PARAMETERS.filter((name) => tab[name]).map((name) => [name, tab[name]]);
  const link = `${pathname}?${new URLSearchParams(parameters)}`;
  return parameters.length && link.length <= MAX_LENGTH ? link : pathname;
}

/** Return a function that shows the active tab in the address. It waits, because browsers limit the changes in a time. */
export function linkWriter(defaultQuery) {
  let timer;
  return ({ tabs, activeTabIndex }) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const link = linkTo(location.pathname, tabs[activeTabIndex], defaultQuery);
      history.replaceState(history.state, "", link);
    }, DELAY_MILLISECONDS);
  };
}
