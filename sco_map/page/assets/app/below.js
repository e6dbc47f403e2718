// Made from web/ by make web; sources ce93d67751992bbdf8b32851e96bd8bd78c77092cafd98a54e5c38d2c3be9bdc
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
