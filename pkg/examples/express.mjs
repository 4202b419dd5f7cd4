// A service with Express: a request without a JSON body gets 422 with an explanation, not 500.

import express from 'express';
import { leadlex } from 'pipelint';

export const app = express();
app.use(express.json());

app.post('/deals', (request, response) => {
  // Without a content type, `request.body` is undefined.
  const report = leadlex.createDeal.check(request.body);
  if (!report.ok) return response.status(422).json({ errors: report.errors });
  return response.status(201).json({ deal: request.body, warnings: report.warnings });
});
