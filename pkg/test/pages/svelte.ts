import { mount } from 'svelte';
import DealForm from '../../examples/DealForm.svelte';

const saved = document.getElementById('saved')!;
mount(DealForm, {
  target: document.getElementById('root')!,
  props: { onSave: (deal: object) => (saved.textContent = JSON.stringify(deal)) },
});
