import { maxQuantity } from '../lib/checkout.ts';
import { useI18n } from '../lib/i18n.ts';
import { CheckIcon, PlusIcon, StarIcon } from './Icons.tsx';
import { ProductArt } from './ProductArt.tsx';

const LOW_STOCK = 5;

function Stock({ product }) {
  const { t, tCount } = useI18n();

  if (product.stock === 0) return <p className="stock stock-out">{t('product.soldOut')}</p>;
  if (product.stock <= LOW_STOCK) {
    return <p className="stock stock-low">{tCount('product.left', product.stock)}</p>;
  }
  return <p className="stock">{t('product.inStock')}</p>;
}

function Price({ product }) {
  const { t, formatMoney } = useI18n();

  return (
    <p className="price">
      {product.oldPrice && (
        <s className="price-old">
          <span className="visually-hidden">{t('product.oldPrice')} </span>
          {formatMoney(product.oldPrice)}
        </s>
      )}
      <span className={product.oldPrice ? 'price-sale' : undefined}>
        {formatMoney(product.price)}
      </span>
    </p>
  );
}

function ProductCard({ product, inCart, onAdd }) {
  const { t, language, formatNumber } = useI18n();
  const soldOut = product.stock === 0;
  const full = inCart >= maxQuantity(product);

  return (
    <li className="card" data-sold-out={soldOut || undefined}>
      <div className={`card-art tint-${product.tint}`}>
        <ProductArt name={product.art} />
        {product.badge && (
          <span className={`badge badge-${product.badge}`}>{t(`badge.${product.badge}`)}</span>
        )}
      </div>

      <div className="card-body">
        <div className="card-head">
          <h3 className="card-name">{product.name[language]}</h3>
          <p className="rating">
            <StarIcon />
            <span className="visually-hidden">{t('product.rating')} </span>
            {formatNumber(product.rating)}
          </p>
        </div>
        <p className="card-blurb">{product.blurb[language]}</p>

        <div className="card-foot">
          <div>
            <Price product={product} />
            <Stock product={product} />
          </div>
          <button
            type="button"
            className="add-button"
            disabled={soldOut || full}
            onClick={() => onAdd(product)}
          >
            <span className="visually-hidden">
              {t('product.addNamed', { name: product.name[language] })}
            </span>
            {full && !soldOut ? <CheckIcon /> : <PlusIcon />}
            {inCart > 0 && <span className="add-count">{inCart}</span>}
          </button>
        </div>
      </div>
    </li>
  );
}

export function ProductGrid({ products, quantities, onAdd, onReset }) {
  const { t } = useI18n();

  if (products.length === 0) {
    return (
      <div className="no-results">
        <p>{t('search.empty')}</p>
        <button type="button" className="button button-quiet" onClick={onReset}>
          {t('search.reset')}
        </button>
      </div>
    );
  }

  return (
    <ul className="grid">
      {products.map((product) => (
        <ProductCard
          key={product.id}
          product={product}
          inCart={quantities[product.id] ?? 0}
          onAdd={onAdd}
        />
      ))}
    </ul>
  );
}
