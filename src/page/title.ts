/** The page of the documentation that this project encodes. */
export const page = { title: 'Publishing a Function Version', id: 'functiongraph_06_0144' } as const;
