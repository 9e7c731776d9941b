/** Of this package. The addon and the WebAssembly must be of the same one. A test compares it with package.json. */
export const packageVersion = '0.1.0';
