// The same service with Hono, which checks the bytes of the body.

import { Hono } from 'hono';
import { leadlex } from 'pipelint';

export const app = new Hono();

app.post('/deals', async (context) => {
  const body = await context.req.arrayBuffer();
  const report = leadlex.createDeal.check(body);
  if (!report.ok) return context.json({ errors: report.errors }, 422);
  return context.json({ deal: leadlex.createDeal.parse(body), warnings: report.warnings }, 201);
});
