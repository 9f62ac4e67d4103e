// Starts Swagger UI with the document of the host that serves this page.
window.addEventListener("load", async () => {
  const text = await (await fetch("../api/v1/openapi.json")).text();
  // The document names the public address; what is tried out here goes to this host.
  const spec = JSON.parse(text.replaceAll(JSON.parse(text).servers[0].url, location.origin));
  const ui = SwaggerUIBundle({
    spec,
    dom_id: "#swagger-ui",
    deepLinking: true,
    // Hundreds of shapes, drawn at once, would hold the page up; each operation shows its own.
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    validatorUrl: null,
    oauth2RedirectUrl: new URL("oauth2-redirect.html", location.href).href,
  });
  ui.initOAuth({
    clientId: "swagger-ui",
    scopes: Object.keys(spec.components.securitySchemes.oauth.flows.authorizationCode.scopes),
    usePkceWithAuthorizationCodeGrant: true,
  });
});
