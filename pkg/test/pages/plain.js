import * as pipelint from '/dist/index.js';

const report = pipelint.leadlex.createDeal.check({ name: 'Acme', probability: 120 });
document.getElementById('out').textContent = report.errors.map((error) => error.message).join('\n');
window.pipelint = pipelint;
window.slim = () => import('/dist/slim.js');
