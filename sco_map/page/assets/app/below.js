// Made from web/ by make web; sources 31f33f20a2c3c88076274386c258c92d1a7b74114192973a41202b9a0085b958
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
