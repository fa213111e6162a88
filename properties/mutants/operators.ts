/** What is changed in a program: one operator for each kind of mistake, and this list of all of them. */

/** A node of the syntax tree, as far as operators look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/** A piece of text in place of another one. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes mutations of a node. */
type Operator = (node: SyntaxNode, source: string) => readonly Replacement[];

/** Another operator between the same operands. */
const OTHER_OPERATORS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
};

/** A method that answers otherwise. */
const OTHER_METHODS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  toLowerCase: 'toUpperCase',
  toUpperCase: 'toLowerCase',
  min: 'max',
  max: 'min',
  find: 'findLast',
  findLast: 'find',
  push: 'unshift',
};

/** Methods whose result is left as it was before. */
const LEFT_OUT_METHODS = new Set([
  'filter',
  'slice',
  'trim',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'concat',
]);

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}

function replacing({ start, end }: SyntaxNode, ...texts: readonly string[]): readonly Replacement[] {
  return texts.map(text => ({ start, end, text }));
}

const otherOperator: Operator = ({ type, operator, left, right }, source) => {
  if (type !== 'BinaryExpression' && type !== 'LogicalExpression') return [];
  if (!isNode(left) || !isNode(right)) return [];
  const between = source.slice(left.end, right.start);
  const at = between.indexOf(String(operator));
  const start = left.end + at;
  const others = at === -1 ? [] : (OTHER_OPERATORS[String(operator)] ?? []);
  return others.map(text => ({ start, end: start + String(operator).length, text }));
};

const decidedCondition: Operator = ({ type, test }) => {
  const decides = type === 'IfStatement' || type === 'ConditionalExpression';
  return decides && isNode(test) ? replacing(test, 'true', 'false') : [];
};

const withoutNot: Operator = (node, source) =>
  node.type === 'UnaryExpression' && node.operator === '!' && isNode(node.argument)
    ? replacing(node, `(${source.slice(node.argument.start, node.argument.end)})`)
    : [];

const otherLiteral: Operator = node => {
  if (node.type !== 'Literal') return [];
  if (typeof node.value === 'boolean') return replacing(node, String(!node.value));
  if (typeof node.value === 'number') return replacing(node, String(node.value + 1));
  return typeof node.value === 'string' ? replacing(node, node.value === '' ? "'mutated'" : "''") : [];
};

/** The method of a call, with what it is called on. */
function calledIn({ type, callee }: SyntaxNode, source: string) {
  if (type !== 'CallExpression' || !isNode(callee)) return undefined;
  const { property, object } = callee;
  if (!isNode(property) || !isNode(object)) return undefined;
  return { property, object, name: source.slice(property.start, property.end) };
}

const otherMethod: Operator = (node, source) => {
  const called = calledIn(node, source);
  if (called === undefined || !Object.hasOwn(OTHER_METHODS, called.name)) return [];
  return replacing(called.property, OTHER_METHODS[called.name] ?? called.name);
};

const withoutCall: Operator = (node, source) => {
  const called = calledIn(node, source);
  if (called === undefined || !LEFT_OUT_METHODS.has(called.name)) return [];
  return replacing(node, source.slice(called.object.start, called.object.end));
};

const emptyBlock: Operator = ({ type, body, consequent }) => {
  const isFunction = /^(?:Function|ArrowFunction)/.test(type);
  const block = isFunction ? body : type === 'IfStatement' ? consequent : undefined;
  return isNode(block) && block.type === 'BlockStatement' ? replacing(block, '{}') : [];
};

const nothingAnswered: Operator = ({ type, body }) =>
  type === 'ArrowFunctionExpression' && isNode(body) && body.type !== 'BlockStatement'
    ? replacing(body, 'undefined')
    : [];

const withoutMember: Operator = ({ type, properties }, source) => {
  if (type !== 'ObjectExpression' || !Array.isArray(properties)) return [];
  return properties.filter(isNode).map(({ start, end }) => {
    const comma = /^\s*,/.exec(source.slice(end))?.[0].length ?? 0;
    return { start, end: end + comma, text: '' };
  });
};

const withoutStatement: Operator = node =>
  node.type === 'ExpressionStatement' || node.type === 'ThrowStatement' ? replacing(node, ';') : [];

const OPERATORS: readonly Operator[] = [
  otherOperator,
  decidedCondition,
  withoutNot,
  otherLiteral,
  otherMethod,
  withoutCall,
  emptyBlock,
  nothingAnswered,
  withoutMember,
  withoutStatement,
];

/** Every mutation of a program. */
export function mutationsOf(program: unknown, source: string): readonly Replacement[] {
  const found: Replacement[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value)) {
      if (value.type === 'ImportDeclaration') return;
      for (const operator of OPERATORS) found.push(...operator(value, source));
    }
    for (const [name, member] of Object.entries(value)) {
      // Names of members and the module of an export are no values.
      if (name === 'key' || name === 'source') continue;
      walk(member);
    }
  };
  walk(program);
  return found;
}
