// Made from web/ by make web; sources e3bc92c2f2e39eb5ecbbac3acc67d3dd1dd233038df162bd181f0d55221affac
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
