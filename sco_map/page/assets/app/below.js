// Made from web/ by make web; sources cb279658b8e778e248b0b1cf839b9617404466b8c4e962eec732f1331c1b685f
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
