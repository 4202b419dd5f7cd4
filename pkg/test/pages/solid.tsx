/** @jsxImportSource solid-js */
import { render } from 'solid-js/web';
import { DealForm } from '../../examples/solid.js';

const saved = document.getElementById('saved')!;
render(() => <DealForm onSave={(deal) => (saved.textContent = JSON.stringify(deal))} />, document.getElementById('root')!);
