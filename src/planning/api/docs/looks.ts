/** Style of the pages about problems. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--line:#8884}
body{font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{line-height:1.2}
code{font:14px/1.4 ui-monospace,monospace;background:#8881;padding:.1em .3em;border-radius:3px}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line)}
a{color:inherit}
`;

/** Over Swagger UI's own style. */
export const INTERFACE_STYLE = `
:root{color-scheme:light}
html.dark-mode{color-scheme:dark}
body{margin:0}
noscript{display:block;font:16px/1.55 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
.swagger-ui .info{margin:2rem 0 1rem}
.swagger-ui .info .renderedMarkdown p{line-height:1.5;max-width:60rem;margin-left:0}
html.dark-mode .swagger-ui .headers td{color:#e4e6e6}
/* There is one server to choose from, and every refusal has the form that is shown at the last one. */
.swagger-ui .scheme-container,
.swagger-ui .response:not([data-code^='2']) .response-col_links>*,
.swagger-ui .response:is([data-code^='4'],[data-code^='5'],[data-code='default']) .headers-wrapper:not(:has(tbody tr+tr)),
.swagger-ui .response:is([data-code^='4'],[data-code^='5']) :is(.response-controls,.model-example){display:none}
@media (max-width:640px){
  .swagger-ui .wrapper{padding:0 .75rem}
  .swagger-ui .info .title{font-size:1.75rem}
  .swagger-ui .opblock .opblock-summary-description{display:none}
  .swagger-ui :is(.parameters,.responses-table):not(.headers) :is(tbody,tr,td){display:block;width:auto;padding-left:0;padding-right:0;max-width:none}
  .swagger-ui :is(.parameters,.responses-table):not(.headers) thead,
  .swagger-ui .responses-table:not(.headers) .response-col_links{display:none}
  .swagger-ui .opblock-tag{display:grid;grid-template-columns:1fr auto}
  .swagger-ui .opblock-tag small{grid-row:2;padding:0}
  .swagger-ui :is(.parameters,.responses-table) tr{padding:.75rem 0}
  .swagger-ui :is(.parameters,.responses-table) td:first-child{padding:0 0 .25rem}
  .swagger-ui .response-col_status{font-weight:700}
  .swagger-ui .parameters-col_description :is(input,select){max-width:none;width:100%}
  .swagger-ui .headers-wrapper{overflow-x:auto}
}
`;

/** Puts Swagger UI into the page. */
export const INTERFACE_SCRIPT = `
const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();
SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#interface',
  deepLinking: true,
  tryItOutEnabled: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
`;
