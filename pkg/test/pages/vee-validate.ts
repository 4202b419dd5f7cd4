import { createApp, h } from 'vue';
import DealForm from '../../examples/VeeForm.vue';

const saved = document.getElementById('saved')!;
createApp({ render: () => h(DealForm, { onSave: (deal: object) => (saved.textContent = JSON.stringify(deal)) }) }).mount('#root');
