// Made from web/ by make web; sources 900062287ebed36ad24c5d1afdf87049ef3f7d89fb065f68c71ca8b326fb5e3c
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
