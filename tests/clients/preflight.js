// Return whether a browser sends a preflight request before this request to another origin (Fetch standard, 2.2.2).

export function needsPreflight({ method, headers }) {
  const isSafe = ([name, value]) =>
    ["accept", "accept-language", "content-language"].includes(name) ||
    (name === "content-type" && value.startsWith("text/plain"));
  return !["GET", "HEAD", "POST"].includes(method) || ![...headers].every(isSafe);
}
