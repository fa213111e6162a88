/** A JSON object that is passed on and never changed in place. */
export type JsonObject = Readonly<Record<string, unknown>>;
