// The types of an interface or a union, by its name.
export { possibleTypes } from "./rules.js";
