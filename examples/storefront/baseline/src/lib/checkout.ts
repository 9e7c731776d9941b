import store from '../data/store.json';
import type { Product } from './catalog.ts';
import type { MessageKey } from './i18n.ts';

/** All amounts are whole minor units (cents) of the store's currency. */
export interface CartLine {
  product: Product;
  quantity: number;
}

export interface QuoteItem {
  line: CartLine;
  unit: number;
  total: number;
}

export interface Quote {
  items: QuoteItem[];
  subtotal: number;
  discount: number;
  shipping: number;
  /** Part of the total when prices include tax, on top of it otherwise. */
  tax: number;
  total: number;
  /** How much more would make delivery free; 0 when it already is. */
  toFreeShipping: number;
}

export type Payment = 'card' | 'wallet';

export interface OrderForm {
  name: string;
  email: string;
  street: string;
  city: string;
  payment: Payment;
}

export type Errors = Partial<Record<keyof OrderForm, MessageKey>>;

export interface Order {
  number: string;
  name: string;
  email: string;
  total: number;
}

export const emptyForm: OrderForm = {
  name: '',
  email: '',
  street: '',
  city: '',
  payment: 'card',
};

/** The most of one product that a cart may hold. */
export function maxQuantity(product: Product): number {
  return Math.min(product.stock, store.maxQuantity);
}

function unitPrice(line: CartLine): number {
  return line.product.price;
}

export function isPromoCode(code: string, today = new Date()): boolean {
  const { promo } = store;
  const end = new Date(`${promo.endsOn}T23:59:59`);
  return code.trim().toUpperCase() === promo.code && today <= end;
}

function discountFor(subtotal: number, promoCode: string): number {
  if (!isPromoCode(promoCode)) return 0;
  return Math.round((subtotal * store.promo.percent) / 100);
}

function shippingFor(goods: number): number {
  const { flat, freeFrom } = store.shipping;
  return goods >= freeFrom ? 0 : flat;
}

function taxFor(amount: number): number {
  const { rate, included } = store.tax;
  return Math.round(included ? amount - amount / (1 + rate) : amount * rate);
}

export function quote(lines: CartLine[], promoCode: string): Quote {
  const items = lines.map((line) => {
    const unit = unitPrice(line);
    return { line, unit, total: unit * line.quantity };
  });
  const subtotal = items.reduce((sum, item) => sum + item.total, 0);
  const discount = discountFor(subtotal, promoCode);
  const goods = subtotal - discount;
  const shipping = shippingFor(goods);
  const tax = taxFor(goods + shipping);

  return {
    items,
    subtotal,
    discount,
    shipping,
    tax,
    total: goods + shipping + (store.tax.included ? 0 : tax),
    toFreeShipping: Math.max(0, store.shipping.freeFrom - goods),
  };
}

const required = ['name', 'email', 'street', 'city'] as const;

export function validate(form: OrderForm): Errors {
  const errors: Errors = {};
  for (const field of required) {
    if (form[field].trim() === '') errors[field] = 'checkout.required';
  }
  // Only the shape: whether the address exists is for the confirmation mail to find out.
  if (errors.email === undefined && !/^\S+@\S+\.\S+$/.test(form.email.trim())) {
    errors.email = 'checkout.badEmail';
  }
  return errors;
}

function orderNumber(now = new Date()): string {
  const day = now.toISOString().slice(2, 10).replaceAll('-', '');
  const [random = 0] = crypto.getRandomValues(new Uint16Array(1));
  return `${store.orderPrefix}-${day}-${String(random).padStart(5, '0')}`;
}

/** There is no server in this example: an order that validates is an order that is placed. */
export function placeOrder(offer: Quote, form: OrderForm): Order {
  return {
    number: orderNumber(),
    name: form.name.trim(),
    email: form.email.trim(),
    total: offer.total,
  };
}
