export type * from "./schema.js";

/** The types of an interface or a union, by its name. */
export declare const possibleTypes: Record<string, string[]>;
