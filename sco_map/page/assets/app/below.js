// Made from web/ by make web; sources 7f481f46c1568f5e56e424ca2ea0fc4985982c29833f1f506f2669fd302cc88a
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
