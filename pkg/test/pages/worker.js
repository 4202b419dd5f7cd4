import { check } from '/dist/index.js';

onmessage = ({ data }) => postMessage(check('leadlex/create-deal', data).toJSON());
