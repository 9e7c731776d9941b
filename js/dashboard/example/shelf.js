/** What is on the shelf, dearest first. */
export function shelf(goods) {
  const inStock = goods.filter((good) => good.count > 0);
  inStock.sort((a, b) => b.price - a.price);
  return inStock.map(({ name, price }) => `${name}: ${price} EUR`);
}
