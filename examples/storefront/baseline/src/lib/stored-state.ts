import { useEffect, useState } from 'react';
import store from '../data/store.json';

function read<T>(name: string, initial: T): T {
  try {
    const text = localStorage.getItem(name);
    return text === null ? initial : JSON.parse(text);
  } catch {
    return initial;
  }
}

/** `useState` that outlives the page. Named by store, because stores may share an origin. */
export function useStoredState<T>(key: string, initial: T) {
  const name = `${store.id}:${key}`;
  const [value, setValue] = useState(() => read(name, initial));

  useEffect(() => {
    try {
      localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // Storage is full or forbidden: the state then lives as long as the page.
    }
  }, [name, value]);

  return [value, setValue] as const;
}
