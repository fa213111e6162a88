/**
 * The type of a schema's values with the members that the schema documents and no others, so that a misspelt
 * one does not compile. `json-schema-to-ts` leaves objects open, as JSON Schema does.
 */
export type Closed<Value> = Value extends readonly (infer Item)[]
  ? Closed<Item>[]
  : Value extends object
    ? { [Name in keyof Value as string extends Name ? never : Name]: Closed<Value[Name]> }
    : Value;

/** The same, with every member optional at every depth: any of them may be absent. */
export type Sparse<Value> = Value extends readonly (infer Item)[]
  ? Sparse<Item>[]
  : Value extends object
    ? { [Name in keyof Value]?: Sparse<Value[Name]> }
    : Value;
