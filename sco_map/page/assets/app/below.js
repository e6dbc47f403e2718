// Made from web/ by make web; sources f1a15d9c71ddf8a9e7f4be0796dc16d02418611d3c2e06ea0fda5ea3c7de9735
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
