import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { CartDrawer } from './components/Cart.jsx';
import { Filters } from './components/Filters.jsx';
import { Footer } from './components/Footer.jsx';
import { Header } from './components/Header.jsx';
import { Hero } from './components/Hero.jsx';
import { ProductGrid } from './components/ProductGrid.jsx';
import { PromoBanner } from './components/PromoBanner.jsx';
import store from './data/store.json';
import { useCart } from './lib/cart.ts';
import { catalog, defaultView, findProducts } from './lib/catalog.ts';
import { createI18n, I18nContext } from './lib/i18n.ts';
import { useStoredState } from './lib/stored-state.ts';

export function App() {
  const [language, setLanguage] = useStoredState('language', store.language);
  const [theme, setTheme] = useStoredState('theme', 'auto');
  const [promoDismissed, setPromoDismissed] = useStoredState('promo-dismissed', false);
  const [promoCode, setPromoCode] = useStoredState('promo-code', '');
  const [view, setView] = useState(defaultView);
  const [cartOpen, setCartOpen] = useState(false);
  const cart = useCart();
  const i18n = useMemo(() => createI18n(language), [language]);

  // Typing stays smooth: the grid may lag a keystroke behind the search field.
  const deferredView = useDeferredValue(view);
  const products = useMemo(
    () => findProducts(catalog, deferredView, language),
    [deferredView, language],
  );

  useEffect(() => {
    document.documentElement.lang = i18n.locale;
  }, [i18n]);

  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  const changeView = (change) => setView((current) => ({ ...current, ...change }));

  const addToCart = (product) => {
    cart.add(product);
    setCartOpen(true);
  };

  return (
    <I18nContext value={i18n}>
      <a className="skip-link" href="#products">
        {i18n.t('nav.skip')}
      </a>
      {!promoDismissed && (
        <PromoBanner
          promo={store.promo}
          applied={promoCode === store.promo.code}
          onApply={() => setPromoCode(store.promo.code)}
          onDismiss={() => setPromoDismissed(true)}
        />
      )}
      <Header
        query={view.query}
        onQuery={(query) => changeView({ query })}
        language={language}
        onLanguage={setLanguage}
        theme={theme}
        onTheme={setTheme}
        cartCount={cart.count}
        onCart={() => setCartOpen(true)}
      />
      <main>
        <Hero />
        <section id="products" className="shelf" aria-labelledby="products-title">
          <h2 id="products-title" className="shelf-title">
            {i18n.t('products.title')}
          </h2>
          <Filters view={view} onChange={changeView} count={products.length} />
          <ProductGrid
            products={products}
            quantities={cart.quantities}
            onAdd={addToCart}
            onReset={() => setView(defaultView)}
          />
        </section>
      </main>
      <Footer />
      <CartDrawer
        open={cartOpen}
        cart={cart}
        promoCode={promoCode}
        onPromoCode={setPromoCode}
        onClose={() => setCartOpen(false)}
      />
    </I18nContext>
  );
}
