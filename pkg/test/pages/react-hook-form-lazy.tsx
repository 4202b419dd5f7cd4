import { createRoot } from 'react-dom/client';
import { DealForm } from '../../examples/react-hook-form-lazy.js';

const saved = document.getElementById('saved')!;
createRoot(document.getElementById('root')!).render(
  <DealForm onSave={(deal) => (saved.textContent = JSON.stringify(deal))} />,
);
