import type { ArtName } from '../components/ProductArt.tsx';
import entries from '../data/catalog.json';
import type { Language } from './i18n.ts';
import { toShelfPrice } from './money.ts';

export const categories = ['home', 'kitchen', 'light', 'outdoor'] as const;
export type Category = (typeof categories)[number];

export const sortOrders = ['featured', 'priceUp', 'priceDown', 'rating'] as const;
export type SortOrder = (typeof sortOrders)[number];

export interface Product {
  id: string;
  art: ArtName;
  tint: 'moss' | 'clay' | 'fog' | 'sand';
  category: Category;
  /** Euro cents in the catalog file, the store's minor units once loaded. */
  price: number;
  oldPrice?: number;
  stock: number;
  rating: number;
  badge?: 'new' | 'classic' | 'sale';
  name: Record<Language, string>;
  blurb: Record<Language, string>;
}

export interface View {
  query: string;
  category: Category | 'all';
  inStockOnly: boolean;
  sort: SortOrder;
}

export const defaultView: View = {
  query: '',
  category: 'all',
  inStockOnly: false,
  sort: 'featured',
};

export const catalog: Product[] = (entries as Product[]).map((entry) => ({
  ...entry,
  price: toShelfPrice(entry.price),
  ...(entry.oldPrice && { oldPrice: toShelfPrice(entry.oldPrice) }),
}));

const compare: Record<SortOrder, (a: Product, b: Product) => number> = {
  featured: () => 0,
  priceUp: (a, b) => a.price - b.price,
  priceDown: (a, b) => b.price - a.price,
  rating: (a, b) => b.rating - a.rating,
};

/** NFKC lets full-width input find half-width text, and the other way round. */
const fold = (text: string) => text.normalize('NFKC').toLocaleLowerCase();

function matches(product: Product, query: string, language: Language): boolean {
  const text = fold(`${product.name[language]} ${product.blurb[language]}`);
  return fold(query)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function findProducts(products: Product[], view: View, language: Language): Product[] {
  return products
    .filter((product) => view.category === 'all' || product.category === view.category)
    .filter((product) => !view.inStockOnly || product.stock > 0)
    .filter((product) => matches(product, view.query.trim(), language))
    .sort(compare[view.sort]);
}
