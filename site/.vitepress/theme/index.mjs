import DefaultTheme from 'vitepress/theme';
import { defineAsyncComponent } from 'vue';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // The editor and the module are loaded on the page that uses them.
    app.component('Playground', defineAsyncComponent(() => import('./Playground.vue')));
  },
};
