// @ts-check
// The little of SVG that the charts need.

/** @param {string | number} text */
export const escaped = (text) =>
  String(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/**
 * An element; children are markup already.
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {...string} children
 */
export function element(name, attributes, ...children) {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  return `<${name}${written}>${children.join('')}</${name}>`;
}

/** @param {number} x @param {number} y @param {string} words @param {Record<string, string>} [attributes] */
export const label = (x, y, words, attributes = {}) =>
  element('text', { x: round(x), y: round(y), ...attributes }, escaped(words));

/** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {string} className */
export const line = (x1, y1, x2, y2, className) =>
  element('line', { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), class: className });

/** A tenth of a pixel is enough. @param {number} number */
export const round = (number) => Math.round(number * 10) / 10;

/**
 * A scale on which each step multiplies.
 * @param {[number, number]} domain
 * @param {[number, number]} range
 */
export function logScale([low, high], [from, to]) {
  const span = Math.log(high) - Math.log(low);
  return (/** @type {number} */ value) =>
    from + ((Math.log(value) - Math.log(low)) / span) * (to - from);
}

/** The powers of ten from one at or below `low` to one at or above `high`. @param {number} low @param {number} high */
export function decades(low, high) {
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => 10 ** (first + at));
}
