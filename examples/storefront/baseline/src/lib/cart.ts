import { useMemo } from 'react';
import { catalog, type Product } from './catalog.ts';
import { type CartLine, maxQuantity } from './checkout.ts';
import { useStoredState } from './stored-state.ts';

/** Product id to pieces. Ids, not products: a stored cart must survive a new price. */
type Quantities = Record<string, number>;

export interface Cart {
  quantities: Quantities;
  lines: CartLine[];
  count: number;
  add: (product: Product) => void;
  setQuantity: (product: Product, quantity: number) => void;
  clear: () => void;
}

function withQuantity(all: Quantities, product: Product, quantity: number): Quantities {
  const { [product.id]: _, ...others } = all;
  const allowed = Math.min(quantity, maxQuantity(product));
  // The product keeps its place in the cart when its quantity changes.
  if (allowed > 0) return { ...all, [product.id]: allowed };
  return others;
}

export function useCart(): Cart {
  const [quantities, setQuantities] = useStoredState<Quantities>('cart', {});

  const lines = useMemo(
    () =>
      Object.entries(quantities).flatMap(([id, quantity]) => {
        const product = catalog.find((entry) => entry.id === id);
        return product ? [{ product, quantity }] : [];
      }),
    [quantities],
  );

  return {
    quantities,
    lines,
    count: lines.reduce((sum, line) => sum + line.quantity, 0),
    add: (product) =>
      setQuantities((all) => withQuantity(all, product, (all[product.id] ?? 0) + 1)),
    setQuantity: (product, quantity) =>
      setQuantities((all) => withQuantity(all, product, quantity)),
    clear: () => setQuantities({}),
  };
}
