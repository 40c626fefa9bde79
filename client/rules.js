// The rules for caches that follow from the schema.

import { getNamedType, getNullableType, isAbstractType, isListType, isObjectType } from "graphql";

const PAGE_ARGUMENTS = new Set(["first", "after", "last", "before"]);

/**
 * Return the possible types of each interface and union, the types without id, the fields outside of pages that hold
 * such objects or lists of them, and for each connection the arguments that decide which list it is.
 */
export function findRules(schema) {
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__"));
  const objects = types.filter((type) => isObjectType(type));
  const hasId = (type) => !isObjectType(type) || type === schema.getQueryType() || "id" in type.getFields();
  const fields = objects.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
  const withoutId = fields.filter(({ field }) => !isPagePart(field) && !hasId(getNamedType(field.type)));
  return {
    possibleTypes: Object.fromEntries(
      types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
    ),
    typesWithoutId: objects.filter((type) => !hasId(type)).map(({ name }) => name),
    fieldsWithoutId: groupByType(withoutId.filter(({ field }) => !isList(field))),
    listsWithoutId: groupByType(withoutId.filter(({ field }) => isList(field))),
    connections: groupByType(fields.filter(({ field }) => isConnection(field)), ({ args }) =>
      args.map(({ name }) => name).filter((name) => !PAGE_ARGUMENTS.has(name)),
    ),
  };
}

const isList = (field) => isListType(getNullableType(field.type));

function isConnection(field) {
  const type = getNamedType(field.type);
  return isObjectType(type) && "edges" in type.getFields() && "pageInfo" in type.getFields();
}

const isPagePart = (field) => isConnection(field) || ["edges", "pageInfo"].includes(field.name);

/** Group fields by type: { Query: { articles: value } }. */
function groupByType(fields, valueOf = () => []) {
  const groups = {};
  for (const { type, field } of fields) (groups[type.name] ??= {})[field.name] = valueOf(field);
  return groups;
}
