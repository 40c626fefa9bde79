// Print the errors that graphql-js finds in the introspected and the published schema, and whether they differ.

import {
  buildClientSchema,
  buildSchema,
  getIntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  validateSchema,
} from "graphql";

const allFields = {
  directiveIsRepeatable: true,
  inputValueDeprecation: true,
  oneOf: true,
  schemaDescription: true,
  specifiedByUrl: true,
};
const server = process.env.SERVER;
const response = await fetch(`${server}/graphql`, {
  method: "POST",
  headers: { accept: "application/graphql-response+json", "content-type": "application/json" },
  body: JSON.stringify({ query: getIntrospectionQuery(allFields) }),
});
const { data, errors } = await response.json();
if (errors) throw new Error(JSON.stringify(errors));
const introspected = buildClientSchema(data);
const published = buildSchema(await (await fetch(`${server}/schema.graphql`)).text());

const printed = (schema) => printSchema(lexicographicSortSchema(schema));
const problems = [introspected, published].flatMap(validateSchema).map(String);
if (printed(introspected) !== printed(published)) problems.push("Introspection and /schema.graphql differ.");
console.log(JSON.stringify(problems));
