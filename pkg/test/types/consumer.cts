import pipelint = require('pipelint');

export const isFine: boolean = pipelint.leadlex.createDeal.check('{}').ok;
