// What makes a schema closed: a key that nobody knows is refused, wherever it stands. A misspelt key that is passed over is a
// patch without its condition.

const APPLICATORS = new Set(['if', 'then', 'else', 'not', 'allOf', 'anyOf', 'oneOf']);
const MAX_OBJECTS = 200;

/** Where in a schema an object is described without saying what else it may hold. Parts of other descriptions say nothing of it. */
export function openObjects(schema, place = '') {
  if (typeof schema !== 'object' || schema === null) return [];
  const isObject = schema.type === 'object' && schema.properties !== undefined;
  const isClosed = [schema.additionalProperties, schema.unevaluatedProperties].some(
    (rest) => rest === false || (typeof rest === 'object' && rest !== null),
  );
  const own = isObject && !isClosed ? [place || '/'] : [];
  const parts = Object.entries(schema).flatMap(([key, value]) => {
    if (APPLICATORS.has(key)) return [];
    const isMap = key === 'properties' || key === '$defs' || key === 'patternProperties';
    const named = isMap ? Object.entries(value) : [['', value]];
    return named.map(([name, part]) => [`${place}/${key}${name && `/${name}`}`, part]);
  });
  return [...own, ...parts.flatMap(([where, part]) => openObjects(part, where))];
}

/** Where in a valid value a key more is taken without a word. */
export function openPlaces(validate, value) {
  const places = [];
  let left = MAX_OBJECTS;
  const visit = (node, place) => {
    if (typeof node !== 'object' || node === null || left === 0) return;
    if (!Array.isArray(node)) {
      left -= 1;
      // A name that is no name of a file or patch either, where a map has those.
      node['\u0000'] = { '\u0000': null };
      if (validate(value)) places.push(place || '/');
      delete node['\u0000'];
    }
    for (const [key, part] of Object.entries(node)) visit(part, `${place}/${key}`);
  };
  visit(value, '');
  return places;
}
